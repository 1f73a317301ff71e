"""Signing a request to an S3 store: AWS Signature Version 4, the part of it that whole small files need."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, for which region."""

    access_key: str
    secret_key: str = field(repr=False)
    region: str

    def headers(
        self,
        method: str,
        host: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        at: int,
    ) -> dict[str, str]:
        """All headers of the request, signed, the given ones among them. `path` is quoted already; `at` is Unix
        milliseconds."""
        moment = datetime.fromtimestamp(at // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
        content = hashlib.sha256(body).hexdigest()
        sent = {name.lower(): value.strip() for name, value in headers.items()}
        sent |= {"host": host, "x-amz-date": moment, "x-amz-content-sha256": content}
        names = ";".join(sorted(sent))
        lines = "".join(f"{name}:{sent[name]}\n" for name in sorted(sent))
        request = "\n".join((method, path, canonical_query(query), lines, names, content))
        scope = f"{moment[:8]}/{self.region}/s3/aws4_request"
        to_sign = "\n".join((_ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
        signature = hmac.new(self._key(moment[:8]), to_sign.encode(), hashlib.sha256).hexdigest()
        credential = f"Credential={self.access_key}/{scope}"
        return sent | {"authorization": f"{_ALGORITHM} {credential},SignedHeaders={names},Signature={signature}"}

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret_key}".encode()
        for part in (day, self.region, "s3", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key


def canonical_query(query: Mapping[str, str]) -> str:
    """A query as it is signed and sent: sorted, everything quoted but unreserved signs."""
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query.items())
    return "&".join(f"{name}={value}" for name, value in pairs)
