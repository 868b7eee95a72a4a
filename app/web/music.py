"""What waiting callers hear between the words; public, it says nothing of anybody."""

from flask import Blueprint, Response

from app.telephony.music import hold_music


def blueprint() -> Blueprint:
    """``GET /music/hold.wav``, cacheable for a day."""
    pages = Blueprint("music", __name__, url_prefix="/music")

    @pages.get("/hold.wav")
    def hold() -> Response:
        for_a_day = {"Cache-Control": "public, max-age=86400"}
        return Response(hold_music(), mimetype="audio/wav", headers=for_a_day)

    return pages
