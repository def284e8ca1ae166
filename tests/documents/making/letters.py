"""Old letters: Unicode to TCVN3, as the table of the Vietnamese standard of 1993 has it, and to code page 1258."""

import unicodedata

SMALL = (
    "ă¨ â© êª ô« ơ¬ ư\xad đ® àµ á¸ ả¶ ã· ạ¹ ằ» ắ¾ ẳ¼ ẵ½ ặÆ ầÇ ấÊ ẩÈ ẫÉ ậË èÌ éÐ ẻÎ ẽÏ ẹÑ ềÒ ếÕ ểÓ ễÔ ệÖ ì× íÝ ỉØ ĩÜ ịÞ "
    "òß óã ỏá õâ ọä ồå ốè ổæ ỗç ộé ờê ớí ởë ỡì ợî ùï úó ủñ ũò ụô ừõ ứø ửö ữ÷ ựù ỳú ýý ỷû ỹü ỵþ"
)
CAPITALS = "Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§"
TCVN3 = {pair[0]: pair[1] for pair in (SMALL + " " + CAPITALS).split(" ")}


def tcvn3(text: str) -> str:
    """The letters as TCVN3 keeps them, shown through Latin-1. It has no toned capitals: they become small letters."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in _plain(text))


def cp1258(text: str) -> bytes:
    """Code page 1258: base letters with the tone after them."""
    out: list[str] = []
    for letter in _plain(text):
        try:
            letter.encode("cp1258")
            out.append(letter)
        except UnicodeEncodeError:
            first, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            shape = [mark for mark in marks if mark not in tones]
            out.append(unicodedata.normalize("NFC", first + "".join(shape)) + "".join(tones))
    return "".join(out).encode("cp1258")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("–", "-").replace("≥", ">=").replace("≤", "<=")
