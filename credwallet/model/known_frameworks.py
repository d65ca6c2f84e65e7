"""Frameworks of skills that are known here, and words for kinds of skills.

`KNOWN` is the one table: a framework is one entry in it. `docs/skills.md` says how it
is used.
"""

from typing import NamedTuple

SOFT = "soft"
HARD = "hard"


class SkillFramework(NamedTuple):
    """One framework of skills.

    `also` are other names of it, in lower case; `places` the beginnings of its
    addresses, host and path (`*` stands for any host). `kind` is `soft` or `hard` if
    its own authors call all that is in it so, and `source` says where each of this is
    from. With `holds_others` it is a register of many frameworks, so that the name that
    the issuer gives says more.
    """

    name: str
    also: tuple[str, ...]
    places: tuple[str, ...]
    source: str
    kind: str = ""
    holds_others: bool = False


_JRC = "joint-research-centre.ec.europa.eu"
# Four frameworks of key competences; their authors call these transversal.
_TRANSVERSAL = "doi:10.6018/riite.523261 (competence frameworks of the JRC)"

KNOWN = (
    SkillFramework(
        "ESCO",
        (
            "european skills, competences, qualifications and occupations",
            "european skills/competences, qualifications and occupations",
            "european skills competences qualifications and occupations",
        ),
        ("data.europa.eu/esco/", "esco.ec.europa.eu/", "ec.europa.eu/esco/"),
        "https://esco.ec.europa.eu/en/use-esco",
    ),
    SkillFramework(
        "O*NET",
        ("onet", "o*net online", "o*net-soc", "occupational information network"),
        ("onetonline.org/", "onetcenter.org/", "services.onetcenter.org/"),
        "https://www.onetcenter.org/content.html",
    ),
    SkillFramework(
        "DigComp",
        (
            "digital competence framework",
            "digital competence framework for citizens",
            "the digital competence framework for citizens",
            "european digital competence framework",
        ),
        ("data.europa.eu/snb/dcf/", f"{_JRC}/digcomp", "ec.europa.eu/jrc/en/digcomp"),
        f"http://data.europa.eu/snb/dcf/25831c2; {_TRANSVERSAL}",
        SOFT,
    ),
    SkillFramework(
        "LifeComp",
        (
            "the european framework for personal, social and learning to learn",
            "personal, social and learning to learn key competence",
        ),
        (f"{_JRC}/lifecomp", "ec.europa.eu/jrc/en/lifecomp"),
        f"https://{_JRC}/lifecomp_en; {_TRANSVERSAL}",
        SOFT,
    ),
    SkillFramework(
        "EntreComp",
        ("entrepreneurship competence framework",),
        (f"{_JRC}/entrecomp", "ec.europa.eu/jrc/en/entrecomp"),
        f"https://{_JRC}/entrecomp_en; {_TRANSVERSAL}",
        SOFT,
    ),
    SkillFramework(
        "GreenComp",
        ("european sustainability competence framework",),
        (f"{_JRC}/greencomp", "ec.europa.eu/jrc/en/greencomp"),
        f"https://{_JRC}/greencomp_en; {_TRANSVERSAL}",
        SOFT,
    ),
    SkillFramework(
        "Critical Core Skills (SkillsFuture Singapore)",
        ("critical core skills", "ccs", "skillsfuture critical core skills"),
        ("skillsfuture.gov.sg/skills-framework/criticalcoreskills",),
        "https://www.skillsfuture.gov.sg/skills-framework/criticalcoreskills "
        "(transferable skills)",
        SOFT,
    ),
    SkillFramework(
        "Technical Skills and Competencies (SkillsFuture Singapore)",
        ("technical skills and competencies", "tsc"),
        (),
        "https://www.ssg.gov.sg/wsq/wsq-for-individuals.html (job-specific skills)",
        HARD,
    ),
    SkillFramework(
        "SkillsFuture Singapore",
        ("skillsfuture", "singapore skills framework", "skills framework (singapore)"),
        ("skillsfuture.gov.sg/", "ssg.gov.sg/"),
        "https://www.skillsfuture.gov.sg/skills-framework",
    ),
    SkillFramework(
        "Australian units of competency",
        ("training.gov.au", "units of competency"),
        ("training.gov.au/",),
        "https://training.gov.au",
    ),
    SkillFramework(
        "NZQA standards",
        ("nzqa", "new zealand qualifications and credentials framework"),
        ("nzqa.govt.nz/",),
        "https://www.nzqa.govt.nz",
    ),
    SkillFramework(
        "SFIA",
        ("skills framework for the information age",),
        ("sfia-online.org/",),
        "https://sfia-online.org",
    ),
    SkillFramework(
        "e-CF",
        ("european e-competence framework", "ecf"),
        ("ecompetences.eu/",),
        "https://www.ecompetences.eu",
    ),
    SkillFramework(
        "CEFR",
        ("common european framework of reference for languages",),
        ("coe.int/en/web/common-european-framework-reference-languages",),
        "https://www.coe.int/en/web/common-european-framework-reference-languages",
    ),
    SkillFramework(
        "Lightcast Open Skills",
        ("lightcast", "open skills library", "emsi", "emsi burning glass"),
        ("lightcast.io/open-skills/", "skills.emsidata.com/"),
        "https://lightcast.io/open-skills",
    ),
    SkillFramework(
        "Achievement Standards Network",
        ("asn",),
        ("asn.jesandco.org/", "asn.desire2learn.com/", "purl.org/asn/"),
        "https://credreg.net/ctdlasn/terms",
        holds_others=True,
    ),
    SkillFramework(
        "Credential Registry (CTDL)",
        ("ctdl", "ctdl-asn", "credential registry", "credential engine"),
        ("credentialengineregistry.org/", "credentialfinder.org/"),
        "https://credreg.net/ctdlasn/terms",
        holds_others=True,
    ),
    SkillFramework(
        "Rich Skill Descriptors",
        ("rsd", "osmt", "open skills network", "rich skill descriptor"),
        ("rsd.openskillsnetwork.org/",),
        "https://rsd.openskillsnetwork.org",
        holds_others=True,
    ),
    SkillFramework(
        "LER-RS",
        ("ler resume standard", "hr open standards", "hr open ler-rs"),
        ("hropenstandards.org/",),
        "https://www.hropenstandards.org",
        holds_others=True,
    ),
    SkillFramework(
        "CASE",
        (
            "competencies and academic standards exchange",
            "1edtech case",
            "ims case",
            "case network",
        ),
        ("*/ims/case/", "casenetwork.imsglobal.org/", "casenetwork.1edtech.org/"),
        "https://standards.1edtech.org/case/specifications/standards/v1p1/rest",
        holds_others=True,
    ),
)

# Words for skills that carry over from job to job, and for those that do not, as people
# write them into tags and into the names of frameworks.
_SOFT_WORDS = (
    *("soft skill", "soft", "softskill", "transferable", "transferable skill"),
    *("transferable competence", "transversal", "transversal skill"),
    *("transversal competence", "21st century skill", "21st century competence"),
    *("21st century", "twenty first century skill", "life skill", "human skill"),
    *("employability skill", "durable skill", "power skill", "interpersonal skill"),
    *("people skill", "generic skill", "key competence", "cross functional skill"),
    *("competence transversale", "compétence transversale", "competencia transversal"),
)
_HARD_WORDS = (
    *("hard skill", "hard", "hardskill", "technical skill", "job specific skill"),
    *("occupational skill", "occupation specific", "sector specific"),
    *("occupation specific skill", "sector specific skill"),
)
KIND_WORDS = {
    **dict.fromkeys(_SOFT_WORDS, SOFT),
    **dict.fromkeys(_HARD_WORDS, HARD),
}
