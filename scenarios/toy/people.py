"""Variants about who may have an opening, and about commitments: sections 3 and 4 of the model."""

from __future__ import annotations

from scenarios.toy.base import (
    ANN,
    BOB,
    BOB_LATE,
    BOBS,
    MENTOR,
    ONE_HIRE,
    Variant,
    add,
    drop,
    only_in,
    person,
    put,
    setting,
)

ELIGIBLE = (
    Variant(
        "interest",
        "Ann has said no (interest 0). Bob: 2,100.",
        (add("Interests", employee="Ann", role="Manager", interest=0),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "incumbent",
        "Ann holds O1 for the time being and cannot succeed herself. Bob: 2,100.",
        (put("Openings", "O1", incumbent="Ann"),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "nominated-only",
        "Only who is in Candidates may have O1, which is Bob: 2,100.",
        (put("Openings", "O1", nominated_only="yes"),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "exclude",
        "Ann is excluded. Bob: 2,100.",
        (add("Candidates", opening="O1", employee="Ann", status="exclude"),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "require",
        "Bob must have O1, in period 4: 2,100 and a period's vacancy, 3,100.",
        (
            drop("Candidates", employee="Bob"),
            add(
                "Candidates",
                opening="O1",
                employee="Bob",
                status="require",
                period=4,
                move_cost=800,
            ),
        ),
        BOBS | {"vacancy": 1000},
        (BOB_LATE,),
    ),
    Variant(
        "standby",
        "Bob must stand by for O1 (bench 1, though a shortage would cost nothing), so he learns "
        "both by period 3: 1,300, and does not move. Ann is placed: 1,500. Together 2,800.",
        (
            put("Openings", "O1", bench=1),
            drop("Candidates", employee="Bob"),
            add("Candidates", opening="O1", employee="Bob", status="standby"),
        ),
        {"learning": 2300, "moves": 500},
        (ANN,),
        others={"standbys": [{"opening": "O1", "employee": "Bob"}]},
    ),
    Variant(
        "transfer",
        "Managers may change units for 600. Cy, manager at the Site, comes to HQ: 600. Dee is "
        "manager at HQ already: for her it would be no move.",
        (
            person("Cy", "Manager", "Site", Leading=2),
            person("Dee", "Manager", "HQ", Leading=2),
            add(
                "CareerPaths", from_role="Manager", to_role="Manager", kind="lattice", move_cost=600
            ),
        ),
        {"moves": 600},
        (("O1", "Cy", 3),),
    ),
    Variant(
        "infeasible",
        "Ann must have O1, but Advanced is offered in period 4 alone and ends after the horizon.",
        (
            add("Candidates", opening="O1", employee="Ann", status="require"),
            only_in("Advanced", 4),
        ),
        {},
        status="infeasible",
    ),
)

COMMITTED = (
    Variant(
        "commitment",
        "Bob is committed to Advanced in period 1, and no rule asks for Basics: it costs 1,000 in"
        " any case. Placing him adds 800: 1,800. Placing Ann would add 1,500.",
        (add("Commitments", employee="Bob", activity="Advanced", start=1),),
        {"learning": 1000, "moves": 800},
        (BOB,),
    ),
    Variant(
        "commitment-underway",
        "With risk, and a pass rate of 0.8 for Advanced. Bob began it in period 0: it costs "
        "nothing now and, finished before period 1, is no risk any more. 800 for his move.",
        (
            setting("risk", "expected"),
            put("Activities", "Advanced", pass_rate=0.8),
            add("Commitments", employee="Bob", activity="Advanced", start=0),
        ),
        {"moves": 800},
        (BOB,),
    ),
    Variant(
        "commitment-midcourse",
        "Ann is committed to a project in all four periods (200). She may be placed in period 3 "
        "nevertheless: 200 + 1,500 = 1,700.",
        (
            add("Activities", activity="Project", kind="project", duration=4, hours=10, cost=200),
            add("Outcomes", activity="Project", competency="Office", level=1),
            add("Commitments", employee="Ann", activity="Project", start=1),
        ),
        {"learning": 1200, "moves": 500},
        (ANN,),
    ),
    Variant(
        "commitment-seats",
        "Advanced is offered once, in period 2, with one seat, and Cy has it. His commitment "
        "costs 1,000; nobody else gets ready: a hire, 10,000.",
        (
            person("Cy", "Manager", "HQ", Leading=1),
            put("Activities", "Advanced", seats=1),
            only_in("Advanced", 2),
            add("Commitments", employee="Cy", activity="Advanced", start=2),
        ),
        {"learning": 1000, "external": 10000},
        others=ONE_HIRE,
    ),
    Variant(
        "commitment-excess",
        "The seat is needed in period 2. Cy and Dee are committed to Advanced in period 1 and "
        "need a mentor each, but there is one: a warning, and no room for Ann in period 1. She "
        "learns in 2 and is placed in 3: 2,000 for the two, 1,500 for her, 1,000 vacancy: 4,500.",
        (
            *MENTOR,
            put("Openings", "O1", needed=2),
            person("Cy", "Manager", "HQ", Leading=1),
            person("Dee", "Manager", "HQ", Leading=1),
            add("Commitments", employee="Cy", activity="Advanced", start=1),
            add("Commitments", employee="Dee", activity="Advanced", start=1),
        ),
        {"learning": 3000, "moves": 500, "vacancy": 1000},
        (ANN,),
    ),
)
