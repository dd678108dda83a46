"""Wrong and revoked tokens, missing scopes: one platform waits, the other goes on, and nothing is lost.

One store through four starts of the bot, as somebody mends one thing after the other.
"""

from pathlib import Path

from tests.acceptance.chats import (
    CANADA,
    ITALY,
    NORWAY,
    PORTUGAL,
    SPAIN,
    SWEDEN,
    Scene,
    eventually,
    scene,
    told,
)
from tests.fakes.slack.faults import Answer
from tests.fakes.slack.workspace import Person
from tests.fakes.telegram.world import Chat

REJECTED = "Telegram rejects the bot's token: ask @BotFather for it, set DEPESCHE_TELEGRAM_TOKEN"
WRONG_TELEGRAM = "123456789:AAwrongWRONGwrongWRONGwrongWRONG42x"
WRONG_BOT = "xoxb-1111111111-2222222222-ThisIsWrong"
WRONG_APP = "xapp-1-A0DEPESCHE-3333333333-this0is0wrong"
MANIFEST = "paste deploy/slack-manifest.yml on the app's page App Manifest and install it again"


async def test_tokens_and_scopes(tmp_path: Path) -> None:
    """Each fault is one line with its mend, is shown in both kinds of status, and loses no alert."""
    async with scene(tmp_path) as place:
        person = await wrong_telegram_token(place)
        await place.bot.stop()
        owner = await revoked_slack_bot_token(place, person)
        await missing_slack_scope(place, person, owner)
        await revoked_slack_app_token(place, owner)
        await revoked_telegram_token(place)
        await place.bot.stop()
        await wrong_slack_tokens(place, owner)
        await place.bot.stop()
        await all_is_mended(place, person)


async def wrong_telegram_token(place: Scene) -> Person:
    """Slack gets its alert and shows what is wrong; a scope it was not given is named at the start."""
    place.slack.workspace.withhold("channels:history")
    place.publish(NORWAY)
    await place.start(telegram=WRONG_TELEGRAM)
    person = await place.slack_owner()
    await eventually(lambda: told(place.on_slack(), NORWAY))
    await place.status("telegram: gestört, nächster Versuch", REJECTED)
    await place.status("slack: hat nicht alle Rechte", f"(channels:history): {MANIFEST}")
    shown = await place.ask_slack(person, "status")
    assert REJECTED in shown.replace("&amp;", "&")
    assert MANIFEST in shown
    assert len(place.lines(REJECTED)) == 1
    assert len(place.lines("scopes are missing (channels:history)")) == 1
    place.slack.workspace.scopes.add("channels:history")
    return person


async def revoked_slack_bot_token(place: Scene, person: Person) -> Chat:
    """What waited for Telegram comes. While Slack refuses, Telegram goes on; Slack's questions are heard."""
    await place.ready()
    owner = await place.telegram_owner()
    await eventually(lambda: told(place.on_telegram(), NORWAY) == 1)
    token = place.slack.workspace.bot_token
    place.slack.workspace.revoke(token)
    place.publish(SWEDEN)
    await eventually(lambda: told(place.on_telegram(), SWEDEN))
    mend = "the bot token was revoked: install the app"
    await place.status("slack: gestört", mend)
    assert mend in await place.ask_telegram(owner, "/status")
    assert "hat nicht alle Rechte" not in await place.status()
    del place.slack.workspace.token_error[token]
    await place.ask_slack(person, "help")
    await eventually(lambda: told(place.on_slack(), SWEDEN) == 1)
    return owner


async def missing_slack_scope(place: Scene, person: Person, owner: Chat) -> None:
    """The scope is named with its mend; after the app was installed again a command sets it going."""
    place.slack.script("chat.postMessage", Answer(error="missing_scope"))
    place.publish(CANADA)
    await eventually(lambda: told(place.on_telegram(), CANADA))
    await place.status("slack: gestört", MANIFEST)
    assert MANIFEST in await place.ask_telegram(owner, "/status")
    await place.ask_slack(person, "help")
    await eventually(lambda: told(place.on_slack(), CANADA) == 1)


async def revoked_slack_app_token(place: Scene, owner: Chat) -> None:
    """Questions are not heard any more, which is told and shown; alerts go on."""
    place.slack.workspace.revoke(place.slack.workspace.app_token)
    await place.slack.sockets.cut()
    mend = "the app token was revoked: make a new one on the app's page Basic Information"
    await place.status("slack: hört keine Fragen seit", mend)
    assert mend in await place.ask_telegram(owner, "/status")
    place.publish(SPAIN)
    await eventually(lambda: told(place.on_slack(), SPAIN) and told(place.on_telegram(), SPAIN))


async def revoked_telegram_token(place: Scene) -> None:
    """Slack goes on."""
    place.telegram.token = place.telegram.token[:-3] + "new"
    place.publish(ITALY)
    await eventually(lambda: told(place.on_slack(), ITALY))
    await place.status("telegram: gestört", REJECTED)
    assert told(place.on_telegram(), ITALY) == 0


async def wrong_slack_tokens(place: Scene, owner: Chat) -> None:
    """Telegram has its new token, gets what waited, and goes on beside a Slack that takes neither token."""
    await place.start(slack_bot=WRONG_BOT, slack_app=WRONG_APP)
    place.publish(PORTUGAL)
    await eventually(lambda: told(place.on_telegram(), ITALY) and told(place.on_telegram(), PORTUGAL))
    bot, app = "the bot token is not valid: copy", "the app token is not valid: copy it again"
    await place.status("slack: gestört", bot, "slack: hört keine Fragen seit", app)
    shown = await place.ask_telegram(owner, "/status")
    assert bot in shown
    assert app in shown
    assert len(place.lines(bot)) == len(place.lines(app)) == 1


async def all_is_mended(place: Scene, person: Person) -> None:
    """With the right tokens, now from files, all is told, each once, and nothing is left in the status."""
    place.files = True
    place.slack.workspace.token_error.clear()
    await place.ready()
    await eventually(lambda: told(place.on_slack(), PORTUGAL))
    assert "Quellen: 1" in await place.ask_slack(person, "status")
    everything = (NORWAY, SWEDEN, CANADA, SPAIN, ITALY, PORTUGAL)
    assert [told(place.on_telegram(), news) for news in everything] == [1] * 6
    assert [told(place.on_slack(), news) for news in everything] == [1] * 6
    shown = await place.status()
    assert "gestört" not in shown
    assert "keine Fragen" not in shown
