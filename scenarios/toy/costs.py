"""Variants about cost and about vacancy chains: sections 6 and 7 of the model."""

from __future__ import annotations

from scenarios.toy.base import (
    ANN,
    ANNS,
    BOB,
    BOBS,
    ONE_HIRE,
    Variant,
    add,
    both,
    drop,
    person,
    put,
    setting,
)

EXPECTED = setting("risk", "expected")
CHAIN = both(
    setting("backfill", "chain"),
    put("Roles", "Clerk", vacancy_cost=200),
    add("Roles", role="Trainee", grade=0, external_cost=1500),
    add("Requirements", role="Trainee", competency="Office", level=1),
    add("CareerPaths", from_role="Trainee", to_role="Clerk", kind="ladder", move_cost=100),
    person("Cy", "Trainee", "HQ", Office=1),
)

RISK = (
    Variant(
        "pass-rate",
        "Advanced has a pass rate of 0.8, a hire takes one period. Ann: 1,000 + 0.8 x 500 = "
        "1,400; if she fails, a hire searched from period 3 on: 0.2 x (10,000 + 1,000 x min(3 - 3"
        " + 1, 2)) = 2,200. Together 3,600; Bob 4,140. A hire from the start is found by period "
        "3: 10,000.",
        (
            EXPECTED,
            put("Activities", "Advanced", pass_rate=0.8),
            put("Roles", "Manager", external_lead=1),
        ),
        {"learning": 1000, "moves": 400, "external": 2000, "vacancy": 200},
        (ANN,),
    ),
    Variant(
        "leaving-risk",
        "Ann leaves with 0.19 a year: until period 3 half a year passes, 0.81 ^ 0.5 = 0.9. 1,000 "
        "+ 0.9 x 500 + 0.1 x 10,000 = 2,450. Bob with 0.36 a year: 0.8, 1,300 + 640 + 2,000 = "
        "3,940.",
        (
            EXPECTED,
            put("Employees", "Ann", leaving_risk=0.19),
            put("Employees", "Bob", leaving_risk=0.36),
        ),
        {"learning": 1000, "moves": 450, "external": 1000},
        (ANN,),
    ),
    Variant(
        "fallback-unfilled",
        "Pass rate 0.8; the seat may stay unfilled for 6,000, which is less than a hire. 1,000 + "
        "0.8 x 500 + 0.2 x 6,000 = 2,600, against 6,000 at once.",
        (
            EXPECTED,
            put("Activities", "Advanced", pass_rate=0.8),
            put("Openings", "O1", unfilled_cost=6000),
        ),
        {"learning": 1000, "moves": 400, "unfilled": 1200},
        (ANN,),
    ),
    Variant(
        "no-fallback",
        "Pass rate 0.8, but O1 may be neither hired for nor left unfilled: the chance counts as "
        "1. 1,500.",
        (
            EXPECTED,
            put("Activities", "Advanced", pass_rate=0.8),
            put("Openings", "O1", external_cost="none"),
        ),
        ANNS,
        (ANN,),
    ),
    Variant(
        "month",
        "Thirteen months; O1 is needed in January 2028, period 13, a year from the start. Ann "
        "with 0.1 a year: 1,000 + 0.9 x 500 + 0.1 x 10,000 = 2,450. Bob with 0.2: 1,300 + 640 + "
        "2,000.",
        (
            EXPECTED,
            setting("period", "month"),
            setting("periods", 13),
            put("Openings", "O1", needed="2028-01"),
            put("Employees", "Ann", leaving_risk=0.1),
            put("Employees", "Bob", leaving_risk=0.2),
        ),
        {"learning": 1000, "moves": 450, "external": 1000},
        (("O1", "Ann", 13),),
    ),
)

PARTS = (
    Variant(
        "probability",
        "O1 opens with probability 0.5. Learning is paid in any case: 1,000 + 0.5 x 500 = 1,250, "
        "against 0.5 x 10,000 for a hire.",
        (put("Openings", "O1", probability=0.5),),
        {"learning": 1000, "moves": 250},
        (ANN,),
    ),
    Variant(
        "unfilled",
        "O1 may stay unfilled for 1,200: less than Ann's 1,500.",
        (put("Openings", "O1", unfilled_cost=1200),),
        {"unfilled": 1200},
        others={"unfilled": [{"opening": "O1", "seats": 1}]},
    ),
    Variant(
        "opening-cost",
        "A hire for O1 costs 1,400 by its own row, not the role's 10,000: less than Ann's 1,500.",
        (put("Openings", "O1", external_cost=1400),),
        {"external": 1400},
        others=ONE_HIRE,
    ),
    Variant(
        "hire-lead",
        "Nobody has hours to learn. O1 is needed in period 4, a hire takes five periods and comes"
        " in period 6. The vacancy counts within the horizon alone: min(1 + 5 - 4, 4 - 4 + 1) = 1"
        " period. 10,000 + 1,000 = 11,000.",
        (
            put("Employees", "Ann", hours=10),
            put("Employees", "Bob", hours=10),
            put("Openings", "O1", needed=4),
            put("Roles", "Manager", external_lead=5),
        ),
        {"external": 10000, "vacancy": 1000},
        others=ONE_HIRE,
    ),
    Variant(
        "interest-cost",
        "Each point of interest below 3 costs 400. Ann (1, as nothing is said): 1,500 + 800 = "
        "2,300. Bob (2): 2,100 + 400 = 2,500.",
        (
            setting("interest_cost", 400),
            add("Interests", employee="Bob", role="Manager", interest=2),
        ),
        ANNS | {"interest": 800},
        (ANN,),
    ),
    Variant(
        "interest-wins",
        "The same with Bob at 3: 2,100, less than Ann's 2,300.",
        (
            setting("interest_cost", 400),
            add("Interests", employee="Bob", role="Manager", interest=3),
        ),
        BOBS,
        (BOB,),
    ),
    Variant(
        "bench",
        "O1 wants a standby; a shortage costs 5,000. Bob, leaving with 0.19 a year, is there in "
        "period 3 with chance 0.9: 1,300 + 0.1 x 5,000 = 1,800. With Ann's 1,500: 3,300. The "
        "other way round: Bob placed 1,300 + 720 + 1,000, Ann standing by 1,000, 4,020.",
        (
            EXPECTED,
            setting("bench_shortage_cost", 5000),
            put("Openings", "O1", bench=1),
            put("Employees", "Bob", leaving_risk=0.19),
        ),
        {"learning": 2300, "moves": 500, "bench": 500},
        (ANN,),
        others={"standbys": [{"opening": "O1", "employee": "Bob"}]},
    ),
    Variant(
        "bench-shortage",
        "The same without risk and a shortage of 1,000: less than Bob's 1,300. 1,500 + 1,000 = "
        "2,500.",
        (setting("bench_shortage_cost", 1000), put("Openings", "O1", bench=1)),
        ANNS | {"bench": 1000},
        (ANN,),
    ),
    Variant(
        "retention",
        "Bob aspires to the role and leaves with 0.5 in the year. His plan takes half of that "
        "away: 0.5 x 0.5 x 4,000 (a clerk's replacement, by default the external cost) = 1,000. "
        "2,100 - 1,000 = 1,100, less than Ann's 1,500.",
        (
            setting("retention_effect", 0.5),
            put("Employees", "Bob", leaving_risk=0.5),
            add("Interests", employee="Bob", role="Manager", interest=3),
        ),
        BOBS | {"retention": -1000},
        (BOB,),
    ),
    Variant(
        "backfill",
        "Whoever moves is replaced, by default at the role's external cost: 1,500 + 4,000 = 5,500.",
        (setting("backfill", "cost"),),
        ANNS | {"backfill": 4000},
        (ANN,),
    ),
    Variant(
        "backfill-incumbent",
        "Bob's own seat is an opening already (O2, a hire for 4,000), so moving him costs no "
        "backfill: 2,100 + 4,000 = 6,100. Ann in O1 would be 5,500 + 4,000. Ann in O2 (a transfer"
        " for 1,000, and 4,000 backfill) costs more than the hire.",
        (
            setting("backfill", "cost"),
            add("CareerPaths", from_role="Clerk", to_role="Clerk", kind="lattice", move_cost=1000),
            add("Openings", opening="O2", role="Clerk", unit="Site", needed=3, incumbent="Bob"),
        ),
        BOBS | {"external": 4000},
        (BOB,),
        others={"hires": [{"opening": "O2", "seats": 1}]},
    ),
    Variant(
        "previous",
        "Last time Bob was to have O1, by Basics in 1 and Advanced in 2 (previous.json). A change"
        " costs 100. Ann instead: 1,500, and two starts and a placement dropped, 300: 1,800. Bob "
        "as before: 2,100.",
        (setting("change_cost", 100),),
        ANNS | {"change": 300},
        (ANN,),
        previous="previous.json",
    ),
    Variant(
        "previous-kept",
        "The same with 1,000 a change: Ann 4,500. It stays as it was: Bob, 2,100.",
        (setting("change_cost", 1000),),
        BOBS,
        (BOB,),
        previous="previous.json",
    ),
)

CHAINS = (
    Variant(
        "chain",
        "Ann leaves a clerk's seat, vacant for 200 a period. Cy, trainee, takes it at once for "
        "100, and his own goes to a hire for 1,500: 1,500 + 100 + 1,500 = 3,100. A hired clerk "
        "would cost 4,000.",
        (CHAIN,),
        ANNS | {"moves": 600, "external": 1500},
        (ANN,),
        others={
            "vacated": [{"vacated_by": "Ann", "employee": "Cy", "period": 3}],
            "vacated_hires": [{"vacated_by": "Cy"}],
        },
    ),
    Variant(
        "chain-unfilled",
        "The same, but a trainee's seat may stay unfilled for 200: 1,500 + 100 + 200 = 1,800.",
        (CHAIN, put("Roles", "Trainee", unfilled_cost=200)),
        ANNS | {"moves": 600, "unfilled": 200},
        (ANN,),
        others={
            "vacated": [{"vacated_by": "Ann", "employee": "Cy", "period": 3}],
            "vacated_unfilled": [{"vacated_by": "Cy"}],
        },
    ),
    Variant(
        "chain-swap",
        "Ann, clerk, and Bob, agent, are both to give up their seats, O1 and O2. They swap for "
        "300 each: 600. Neither leaves a vacated seat behind: their seats are the openings. Hires"
        " would cost 9,000.",
        (
            setting("backfill", "chain"),
            drop("Openings", opening="O1"),
            drop("Candidates", employee="Bob"),
            add("Roles", role="Agent", grade=1, external_cost=5000),
            add("Requirements", role="Agent", competency="Office", level=1),
            put("Employees", "Bob", role="Agent"),
            add("CareerPaths", from_role="Clerk", to_role="Agent", kind="lattice", move_cost=300),
            add("CareerPaths", from_role="Agent", to_role="Clerk", kind="lattice", move_cost=300),
            add("Openings", opening="O1", role="Clerk", unit="HQ", needed=3, incumbent="Ann"),
            add("Openings", opening="O2", role="Agent", unit="Site", needed=3, incumbent="Bob"),
        ),
        {"moves": 600},
        (("O1", "Bob", 3), ("O2", "Ann", 3)),
    ),
)

VARIANTS = (*RISK, *PARTS, *CHAINS)
