"""Certificates of the test's own authority, by the name that the client asks for."""

from __future__ import annotations

import datetime
import ssl
import tempfile
from pathlib import Path
from typing import Final

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.web.sites import Certificate

_DAY: Final = datetime.timedelta(days=1)


class Certificates:
    """A test authority, and a TLS context for each host, made when first asked for."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self._stranger = trustme.CA()
        self._contexts: dict[tuple[str, Certificate], ssl.SSLContext] = {}

    @property
    def authority_pem(self) -> str:
        """What a client must trust."""
        return self._authority.cert_pem.bytes().decode("ascii")

    def context(self, host: str, kind: Certificate) -> ssl.SSLContext:
        """The server's context for a host."""
        if (host, kind) not in self._contexts:
            self._contexts[host, kind] = self._make(host, kind)
        return self._contexts[host, kind]

    def _make(self, host: str, kind: Certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if kind == "self_signed":
            _load_self_signed(context, host)
            return context
        authority = self._stranger if kind == "untrusted" else self._authority
        name = "somebody-else.example" if kind == "wrong_host" else host
        end = datetime.datetime.now(datetime.UTC) - _DAY if kind == "expired" else None
        authority.issue_cert(name, not_after=end).configure_cert(context)
        return context


def _load_self_signed(context: ssl.SSLContext, host: str) -> None:
    """A certificate that only vouches for itself (trustme makes none)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "both.pem")
        path.write_bytes(pem)
        context.load_cert_chain(path)
