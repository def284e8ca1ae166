"""Old letters: Unicode to TCVN3 (the Vietnamese standard of 1993), to VNI, and to code page 1258."""

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


VNI_SHAPES = {"ơ": "ô", "Ơ": "Ô", "ư": "ö", "Ư": "Ö", "đ": "ñ", "Đ": "Ñ"}
VNI_SINGLE = dict(zip("íìỉĩịỵÍÌỈĨỊỴ", "íìæóòîÍÌÆÓÒÎ", strict=True))
VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_HATS = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
VNI_BREVES = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}


def vni(text: str) -> bytes:
    """The letters as VNI keeps them: a vowel and then a letter of Latin-1 for its marks."""
    return "".join(map(_vni_letter, _plain(text))).encode("latin-1")


def _vni_letter(letter: str) -> str:
    if letter in VNI_SINGLE:
        return VNI_SINGLE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in VNI_TONES), "")
    if "\u0302" in marks or "\u0306" in marks:
        mark = (VNI_HATS if "\u0302" in marks else VNI_BREVES)[tone]
    else:
        shape = VNI_SHAPES.get(unicodedata.normalize("NFC", base + "".join(set(marks) - {tone})), base)
        base, mark = shape, VNI_TONES.get(tone, "")
    return base + (mark.upper() if letter.isupper() else mark)


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
