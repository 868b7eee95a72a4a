"""Which of the carrier's voices speaks each language of the table.

Voices and tags are Twilio's (https://www.twilio.com/docs/voice/twiml/say/text-speech), all of them neural:
Amazon's where there is one, else Google's Wavenet or Neural2.
"""

from types import MappingProxyType
from typing import NamedTuple


class Voice(NamedTuple):
    """The two attributes of a Say."""

    language: str
    name: str


VOICES = MappingProxyType(
    {
        "ar": Voice("ar-AE", "Polly.Hala-Neural"),
        "cmn": Voice("cmn-CN", "Polly.Zhiyu-Neural"),
        "cs": Voice("cs-CZ", "Google.cs-CZ-Wavenet-A"),
        "de": Voice("de-DE", "Polly.Vicki-Neural"),
        "en": Voice("en-US", "Polly.Joanna-Neural"),
        "es": Voice("es-MX", "Polly.Mia-Neural"),
        "fi": Voice("fi-FI", "Polly.Suvi-Neural"),
        "fr": Voice("fr-FR", "Polly.Lea-Neural"),
        "he": Voice("he-IL", "Google.he-IL-Wavenet-A"),
        "hu": Voice("hu-HU", "Google.hu-HU-Wavenet-A"),
        "id": Voice("id-ID", "Google.id-ID-Wavenet-A"),
        "it": Voice("it-IT", "Polly.Bianca-Neural"),
        "ja": Voice("ja-JP", "Polly.Kazuha-Neural"),
        "ko": Voice("ko-KR", "Polly.Seoyeon-Neural"),
        "nl": Voice("nl-NL", "Polly.Laura-Neural"),
        "pl": Voice("pl-PL", "Polly.Ola-Neural"),
        "pt": Voice("pt-BR", "Polly.Camila-Neural"),
        "ru": Voice("ru-RU", "Google.ru-RU-Wavenet-A"),
        "th": Voice("th-TH", "Google.th-TH-Neural2-C"),
        "tr": Voice("tr-TR", "Polly.Burcu-Neural"),
        "yue": Voice("yue-HK", "Polly.Hiujin-Neural"),
    }
)


def voice_for(language: str) -> Voice:
    """Give the voice of a BCP-47 tag, by its primary language; the English one when there is none."""
    return VOICES.get(language) or VOICES.get(language.partition("-")[0]) or VOICES["en"]
