"""Music for waiting callers, a slow arpeggio made here: no rights and no other site are needed."""

import array
import io
import math
import wave
from functools import cache

RATE = 8000  # samples a second: what the telephone network carries
_NOTE = 0.5  # seconds
_CHORDS = (
    (261.63, 329.63, 392.00, 523.25),  # C
    (220.00, 261.63, 329.63, 440.00),  # A minor
    (174.61, 220.00, 261.63, 349.23),  # F
    (196.00, 246.94, 293.66, 392.00),  # G
)


@cache
def hold_music() -> bytes:
    """A 16-second WAV file (8 kHz, 16 bits, one channel), the same bytes every time."""
    samples = array.array("h")
    for chord in (*_CHORDS, *_CHORDS):
        for tone in chord:
            samples.extend(_note(tone))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()


def _note(hertz: float) -> list[int]:
    """One plucked note that fades, quiet enough to speak over."""
    length = int(RATE * _NOTE)
    return [
        int(5000 * math.exp(-4 * place / length) * math.sin(2 * math.pi * hertz * place / RATE))
        for place in range(length)
    ]
