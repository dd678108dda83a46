"""Reply markup: its shape, and the limits the server holds buttons to."""

import json
from typing import Any

from tests.fakes.telegram.entities import is_link
from tests.fakes.telegram.world import ApiError

DATA_BYTES = 64
IN_A_ROW = 8
IN_ALL = 100
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


def keyboard(value: Any) -> dict[str, Any] | None:
    """The reply markup of a call.

    Raises:
        ApiError: As the server would refuse it.
    """
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise ApiError(400, "Bad Request: object expected as reply markup")
    if "inline_keyboard" in value:
        _check_inline(value["inline_keyboard"])
    return value


def _check_inline(rows: Any) -> None:
    if not isinstance(rows, list):
        raise ApiError(400, 'Bad Request: field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise ApiError(
            400, 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    if sum(map(len, rows)) > IN_ALL or any(len(row) > IN_A_ROW for row in rows):
        raise ApiError(400, "Bad Request: reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: Any) -> None:
    parsing = "Bad Request: can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise ApiError(400, parsing + "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise ApiError(400, parsing + 'Field "text" must be of type String')
    if not button["text"].strip():
        raise ApiError(400, parsing + 'Can\'t find field "text"')
    actions = [name for name in ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise ApiError(400, parsing + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise ApiError(400, "Bad Request: BUTTON_TYPE_INVALID")
    if len(str(button.get("callback_data", "")).encode()) > DATA_BYTES:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in button and not is_link(str(button["url"])):
        raise ApiError(
            400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )
