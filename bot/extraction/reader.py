"""Read an article: choose its language, run its pipeline, hand out the findings."""

from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.article.language import language_of
from bot.article.model import Article
from bot.errors import ReaderError
from bot.extraction.events.packs import EventPack
from bot.extraction.findings import Findings
from bot.extraction.lexicon import LANGUAGES
from bot.extraction.pipeline import LONGEST, build
from bot.extraction.reading import begin, reading_of
from bot.extraction.trained.standing import BUNDLED


class ArticleReader:
    """Reads articles one after the other; loads a language when it first meets it.

    Args:
        models: Language -> `bundled`, `none` or the name of an installed package; a language that is
            not there reads with what is bundled.
        packs: Event types of rule packs, beside those that ship.
    """

    def __init__(self, models: Mapping[str, str] | None = None, packs: Sequence[EventPack] = ()) -> None:
        self._models = dict(models or {})
        self._packs = tuple(packs)
        self._pipelines: dict[str, Language] = {}

    def load(self, *langs: str) -> None:
        """Load languages ahead of the first article.

        Raises:
            ModelError: A model is there but cannot be loaded.
        """
        for lang in langs or LANGUAGES:
            if lang not in self._pipelines:
                self._pipelines[lang] = build(lang, self._models.get(lang, BUNDLED), self._packs)

    def read(self, article: Article) -> Findings:
        """All that is to be found; only `lang=None` where the language is neither German nor English.

        Raises:
            ReaderError: The article is too long to be one.
        """
        content = article.content
        if len(content) > LONGEST:
            raise ReaderError(f"longer than {LONGEST:,} characters")
        lang = article.lang or language_of(content)
        if lang not in LANGUAGES or not content.strip():
            return Findings(lang=lang if lang in LANGUAGES else None)
        self.load(lang)
        nlp = self._pipelines[lang]
        # What the vocabulary learns of an article it forgets again: else a bot that runs for months grows.
        with nlp.memory_zone():
            doc = nlp.make_doc(content)
            begin(doc, published=article.published, body_start=article.text_start)
            return _findings(nlp(doc), lang)


def _findings(doc: Doc, lang: str) -> Findings:
    """Plain values: nothing in them belongs to spaCy."""
    reading = reading_of(doc)
    return Findings(
        lang=lang,
        entities=tuple(reading.entities),
        quotes=tuple(reading.quotes),
        quantities=tuple(reading.quantities),
        times=tuple(reading.times),
        events=tuple(reading.events),
        sentences=tuple((sent.start_char, sent.end_char) for sent in doc.sents),
    )
