"""Writes Vietnamese as typists of the nineties did: TCVN3, VNI and Windows-1258. Tables typed from the standards."""

import unicodedata

LETTERS = (
    "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
)  # fmt: skip
TCVN3_SMALL = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ®"
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
VNI_SMALL = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
)
TCVN3 = dict(zip(LETTERS, TCVN3_SMALL, strict=True))
VNI = dict(zip(LETTERS, VNI_SMALL.split(), strict=True))


def tcvn3(text):
    """The letters as a program that knows no old fonts shows them; capitals with tones become small ones."""
    small = {letter.upper(): TCVN3_CAPITALS.get(letter.upper(), sign) for letter, sign in TCVN3.items()}
    return text.translate(str.maketrans({**TCVN3, **small}))


def vni(text):
    """The letters as a program that knows no old fonts shows them."""
    capitals = {letter.upper(): sign.upper() for letter, sign in VNI.items()}
    return text.translate(str.maketrans({**VNI, **capitals}))


def windows_1258(text):
    """Bytes of Windows-1258: letters with circumflex, breve and horn, and the tone as a byte of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    data = b""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        data += (base + "".join(mark for mark in marks if mark in tones)).encode("cp1258")
    return data
