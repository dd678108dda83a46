"""What a refusal concerns, by the error the platform sent."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.platforms.slack.faults import failure
from bot.platforms.telegram.failures import outcome_of
from bot.ports.messenger import NotSent, Reach


@pytest.mark.parametrize(
    ("error", "reach"),
    [
        (InvalidToken(), Reach.PLATFORM),
        (Forbidden("Forbidden: bot was blocked by the user"), Reach.DESTINATION),
        (BadRequest("Chat not found"), Reach.DESTINATION),
        (BadRequest("Message thread not found"), Reach.DESTINATION),
        (BadRequest("Not enough rights to send text messages to the chat"), Reach.DESTINATION),
        (BadRequest("Can't parse entities: unexpected end tag"), Reach.MESSAGE),
        (BadRequest("Message is too long"), Reach.MESSAGE),
        (BadRequest("Message text is empty"), Reach.MESSAGE),
        (BadRequest("Button_data_invalid"), Reach.MESSAGE),
    ],
)
def test_telegram(error: Exception, reach: Reach) -> None:
    """A bad token stops all, a refused text only itself, everything else its chat."""
    outcome = outcome_of(error, "1:token")
    assert isinstance(outcome, NotSent)
    assert outcome.reach is reach


@pytest.mark.parametrize(
    ("code", "reach"),
    [
        ("token_revoked", Reach.PLATFORM),
        ("missing_scope", Reach.PLATFORM),
        ("is_archived", Reach.DESTINATION),
        ("not_in_channel", Reach.DESTINATION),
        ("ratelimited", Reach.DESTINATION),
        ("invalid_blocks", Reach.MESSAGE),
        ("a_code_of_tomorrow", Reach.DESTINATION),
    ],
)
def test_slack(code: str, reach: Reach) -> None:
    """A code of the token stops all, one of the message only itself, everything else its channel."""
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data={"ok": False, "error": code},
        headers={},
        status_code=200,
    )
    outcome = failure(SlackApiError("refused", response))  # type: ignore[no-untyped-call]
    assert isinstance(outcome, NotSent)
    assert outcome.reach is reach
