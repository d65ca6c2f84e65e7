"""Which skills of ESCO are transversal, so that they carry over from job to job?

ESCO says of transversal skills that they are often called core, basic or soft skills
(https://esco.ec.europa.eu/en/about-esco/escopedia/escopedia/transversal-knowledge-skills-and-competences).
Listed are the skills of the ESCO 1.0 collection of transversal skills whose broader
concept is `thinking`, `social interaction`, `attitudes` or `values`. Its fifth heading
(application of knowledge: digital skills, numeracy, health and safety) is left out: it
holds the use of programs, too, and nobody calls those soft.
"""

_SKILLS = """
a90b12b6-248d-487f-be36-c44bd9a032e5 attitudes
0ab5084c-cbd0-46d5-b61f-f1b8e9cc0ca0 make an effort
113b4428-0a31-4199-8496-070af7854b91 meet commitments
1d1fedcb-4995-44ac-90f5-f31a157ce512 manage frustration
22b7d99d-252f-4572-8e3c-438ea87607eb demonstrate enthusiasm
35f1be97-06c4-4367-a067-7e0e94f2fa70 manage quality
429062f1-a958-43ea-83dd-4e1af078c156 demonstrate curiosity
49de9958-2aa4-4eef-a89d-fe5d5bcd28c4 adapt to change
5cd1930c-278d-4929-b413-27352f5b3687 deal with uncertainty
7a147904-22b3-498a-b4d9-7bceeb86b45d cope with pressure
7a93e22f-54d8-4bf0-9213-d711f6601b49 work efficiently
83e6510b-ffeb-4aec-959c-4265fd0ff7b7 attend to detail
9bf266a6-188b-4d17-a22f-2f266d76832b demonstrate willingness to learn
c29aa9d2-4da8-4bdd-831c-8d4a2fb51730 work independently
f60b0a50-2e7b-46f8-9b9c-2809b10991f9 persist
fba28975-4544-4d37-8971-9bd72534018c attend to hygiene
25a26ff6-af18-40b0-b2e2-cb58471015eb values
5c59dac1-0547-4068-b43c-ac59f1344448 demonstrate good manners
9d75743b-317a-4bc4-b93f-c72e3ceba377 demonstrate consideration
b2f925ed-3ebd-4f78-b98e-d5d4678e83b5 follow ethical code of conduct
8f18f987-33e2-4228-9efb-65de25d03330 social interaction
045f71e6-0699-4169-8a54-9c6b96f3174d give advice to others
09e28145-e205-4b7a-8b3b-5c4876396069 interact with others
0f2eee6f-2203-4cc8-9d79-854d2d5d8131 use questioning techniques
3481d400-2eaa-4ab3-bb06-5f45b4380052 use body language
609a8ac1-9d29-4237-9886-596dbbe7ca8a address an audience
60c78287-22eb-4103-9c8c-28deaa460da0 work in teams
699e7c26-6502-4e78-a823-3656ff5a5b8b instruct others
6e04cc9f-d409-49f0-9224-d9cb32e83631 persuade others
75d8e5d9-bef3-418b-9011-01bff9f27207 lead others
7954861c-86d4-4529-afbb-2c23dab9ac74 negotiate compromise
95a41cf5-4037-4c96-91a8-c34b41637224 support colleagues
a311ab20-75df-4aff-8016-3142c5659d30 accept constructive criticism
be6ab363-3de1-427f-a8ef-85d5b0250822 report facts
c10d5d87-36cf-42f5-8a12-e560fb5f4af8 demonstrate intercultural competence
e2d44a9b-f28c-489e-9861-b654b5ded507 motivate others
a06a5a3f-07a9-40b3-bb7b-d93a960b1be5 thinking
7a8fb784-67fa-41e9-a75c-6b491d91f800 develop strategy to solve problems
7dd94ad3-13d6-43fe-8b94-51fcbf67ced9 evaluate information
943d07ec-fb75-4bb5-bc07-20451a2b66e4 identify opportunities
9af1bd12-01bd-4d6a-947b-69e64f23150a process qualitative information
a44c0ed6-68b1-457a-9c6d-ea8487bdfeb2 use learning strategies
c624c6a3-b0ba-4a31-a296-0d433fe47e41 think creatively
d62d2b4c-a6f8-439e-8a1b-4f29ab5f2c47 make decisions
d9013e0e-e937-43d5-ab71-0e917ee882b8 manage time
fa46a48d-9cb9-422d-afab-1047654dbcdd memorise information
"""
TRANSVERSAL = {
    line.partition(" ")[0]: line.partition(" ")[2]
    for line in _SKILLS.split("\n")
    if line
}
"""The last part of each URI (`http://data.europa.eu/esco/skill/...`), and its label."""

_LABELS = frozenset(TRANSVERSAL.values())

# Groups are named by letter and number: T transversal skills (ESCO 1.1 and later),
# A attitudes and values (ESCO 1.0).
_GROUPS = "TA"


def is_transversal(identifier: str) -> bool:
    """Tell whether ESCO files a skill or a group of skills under transversal.

    Args:
        identifier: What follows `/esco/skill/` in its URI.

    """
    group = identifier[:1] in _GROUPS and identifier[1:].replace(".", "").isdigit()
    return identifier.lower() in TRANSVERSAL or group or identifier == "T"


def is_transversal_label(label: str) -> bool:
    """Tell whether a name is ESCO's English name of a transversal skill."""
    return label.casefold().strip() in _LABELS
