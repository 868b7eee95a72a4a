"""The REST API within this process: what an application's own HTTP adapter asks instead of the network."""

import json

from app.simulator.conduct import Conduct
from app.simulator.rest_api import RestApi


class RestDoor:
    """Carries requests to a ``RestApi``."""

    def __init__(self, api: RestApi) -> None:
        self.api = api

    def exchange_request(self, method: str, url: str, form_body: str, authorization: str) -> tuple[int, str]:
        """Ask, and give the answer's status and text (JSON; empty for 204).

        Args:
            method: GET, POST or DELETE.
            url: with or without the host; a GET's fields are its query.
            form_body: the body of a POST, ``application/x-www-form-urlencoded``.
            authorization: the header's value, HTTP's Basic scheme.

        Raises:
            ConnectionRefusedError: the carrier is away: nothing can have come of the request.
            ConnectionResetError: no answer, and the request was carried out.
            TimeoutError: no answer in time, and the request may have been carried out.
        """
        if self.api.away:
            raise ConnectionRefusedError("the carrier is not reachable")
        decision = self.api.decides(method, url, authorization, form_body)
        if decision.conduct is Conduct.DROPS:
            raise ConnectionResetError("the carrier closed the connection")
        if decision.conduct in {Conduct.HANGS, Conduct.LOSES}:
            raise TimeoutError("the carrier does not answer")
        status, payload = decision.answer
        return status, json.dumps(payload) if payload else ""
