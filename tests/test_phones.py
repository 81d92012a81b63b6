"""Telephone numbers in the forms that lists and messages have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import phones

# Domain facts, §8: the new prefix of every 11-digit one.
RENEWED = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0186": "056", "0188": "058", "0199": "059"},
}


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345 678",
        "+84 912 345 678",
        "+84(0)912345678",
        "84912345678",
        "0084 912345678",
        "912345678",  # a spreadsheet lost the 0
        "912345678.0",
        "0912\u00a0345\u00a0678",
        " 0912345678 ",
    ],
)
def test_one_number_in_many_forms(text: str) -> None:
    assert phones.read(text) == phones.Phone("+84912345678", "mobile")


@pytest.mark.parametrize("text", ["0237 3852 123", "02373852123", "2373852123", "+84 237 3852 123"])
def test_a_landline_of_the_province(text: str) -> None:
    assert phones.read(text) == phones.Phone("+842373852123", "landline")


@pytest.mark.parametrize("old", sorted(RENEWED))
def test_an_eleven_digit_number_is_given_its_new_form(old: str) -> None:
    expected = phones.Phone(f"+84{RENEWED[old][1:]}2345678"[:12], "mobile", f"{old}2345678"[:11])
    for form in (f"{old}2345678"[:11], f"{old[1:]}2345678"[:10], f"+84{old[1:]}2345678"[:13]):
        assert phones.read(form) == expected


@pytest.mark.parametrize(
    "text",
    ["", "-", "abc", "113", "12345", "0912 345 67", "091234567890", "0912345678, 0987654321", "0912345678 (vợ)",
     "0912345678/0987654321", "+1 650 253 0000", "0000000000", "=0912345678", "٠٩١٢٣٤٥٦٧٨", "1.5"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert phones.read(text) is None


@given(st.sampled_from(["09", "03", "07", "08"]), st.text("0123456789", min_size=8, max_size=8), st.data())
def test_separators_and_country_code_change_nothing(prefix: str, rest: str, data: st.DataObject) -> None:
    number = prefix + rest
    plain = phones.read(number)
    separators = [data.draw(st.sampled_from(["", " ", ".", "-"])) for _ in number]
    spaced = "".join(a + b for a, b in zip(number, separators, strict=True))
    assert phones.read(spaced) == plain
    assert phones.read(f"+84{number[1:]}") == plain
    if plain is not None:
        assert plain.e164 == f"+84{number[1:]}"
        assert phones.read(plain.e164) == phones.read(phones.show(plain.e164)) == plain


@given(st.text(max_size=40))
def test_any_text_is_survived(text: str) -> None:
    phone = phones.read(text)
    assert phone is None or phone.e164.startswith("+84")
    phones.find_all(text)


def test_numbers_in_a_sentence() -> None:
    text = "Lò Văn A 0912 345 678, Hà Thị B: +84987654321; ngày 05/06/2026, lại 0912345678"
    assert [phone.e164 for phone in phones.find_all(text)] == ["+84912345678", "+84987654321"]


def test_shown_and_masked() -> None:
    assert phones.show("+84912345678") == "0912 345 678"
    assert phones.show("+842373852123") == "0237 3852123"
    assert phones.mask("+84912345678") == "09*****678"
    assert phones.mask("+842373852123") == "02******123"
