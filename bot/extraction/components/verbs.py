"""Note which words can be verbs, and in which forms."""

from spacy.language import Language
from spacy.tokens import Doc, Token

from bot.extraction.conjugation import verb_lexicon
from bot.extraction.reading import reading_of

OPENERS = frozenset(":\"'„“”«»‚‘(–—")
NAMES_IN_ENGLISH = frozenset({"May", "Will", "March", "August"})  # a month or a name when in capitals


class VerbReader:
    """Looks every word up; a capital inside a sentence makes a German word a noun."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.lexicon = verb_lexicon(lang)

    def __call__(self, doc: Doc) -> Doc:
        """Note the forms of each word that can be a verb, by token index."""
        verbs = reading_of(doc).verbs
        forms = self.lexicon.forms
        for token in doc:
            text = token.text
            found = forms.get(text.lower())
            if found and (text[0].islower() or not self._is_name(token)):
                verbs[token.i] = found
        return doc

    def _is_name(self, token: Token) -> bool:
        if self.lang != "de" and token.text not in NAMES_IN_ENGLISH:
            return False
        return not (token.is_sent_start or token.i == 0 or token.nbor(-1).text in OPENERS)


@Language.factory("depesche_verbs", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> VerbReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return VerbReader(lang)
