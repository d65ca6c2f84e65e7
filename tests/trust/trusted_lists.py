"""Writes EU trusted lists (ETSI TS 119 612) for tests."""

from tests.keys.certificates import Issued

CA = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
TSA = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"
GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
WITHDRAWN = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn"


def identity(*issued: Issued) -> str:
    """Write a service's identity."""
    return "".join(
        f"<DigitalId><X509Certificate>\n{entry.base64}\n</X509Certificate></DigitalId>"
        for entry in issued
    )


def service(
    *issued: Issued, kind: str = CA, status: str = GRANTED, history: str = ""
) -> str:
    """Write a service with its certificates."""
    return (
        "<TSPService><ServiceInformation>"
        f"<ServiceTypeIdentifier>{kind}</ServiceTypeIdentifier>"
        f"<ServiceDigitalIdentity>{identity(*issued)}</ServiceDigitalIdentity>"
        f"<ServiceStatus> {status}\n</ServiceStatus>"
        f"</ServiceInformation><ServiceHistory>{history}</ServiceHistory></TSPService>"
    )


def listed(*services: str, before: str = "", after: str = "") -> bytes:
    """Write a list around services."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}'
        '<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">'
        "<TrustServiceProviderList><TrustServiceProvider><TSPServices>"
        f"{''.join(services)}"
        "</TSPServices></TrustServiceProvider></TrustServiceProviderList>"
        f"{after}</TrustServiceStatusList>"
    ).encode()
