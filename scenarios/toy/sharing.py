"""Variants about what people share: section 5 of the model."""

from __future__ import annotations

from scenarios.toy.base import (
    ANN,
    ANNS,
    BOB,
    BOBS,
    MENTOR,
    NO_BOB,
    ONE_HIRE,
    TWO_SEATS,
    Variant,
    add,
    only_in,
    put,
    setting,
)

ONE_OF_TWO = ANNS | {"external": 10000}
BOTH = {"learning": 2300, "moves": 1300}

VARIANTS = (
    Variant(
        "seats",
        "O1 has two seats. Advanced is held once, in period 2, with one seat: Ann takes it "
        "(1,500), the other seat of O1 goes to a hire (10,000): 11,500. With Bob trained instead "
        "it is 12,100.",
        (TWO_SEATS, put("Activities", "Advanced", seats=1), only_in("Advanced", 2)),
        ONE_OF_TWO,
        (ANN,),
        others=ONE_HIRE,
    ),
    Variant(
        "sessions",
        "The same, but two rows for period 2 add up to two sessions: both are trained, 1,500 + "
        "2,100 = 3,600.",
        (TWO_SEATS, put("Activities", "Advanced", seats=1), only_in("Advanced", 2, 2)),
        BOTH,
        (ANN, BOB),
    ),
    Variant(
        "session-cost",
        "O1 has two seats. A session of Advanced costs 700 and seats two. Bob is ready for it in "
        "period 2, so Ann waits for him: 3,600 + 700 = 4,300, not two sessions.",
        (TWO_SEATS, put("Activities", "Advanced", seats=2, session_cost=700)),
        BOTH | {"sessions": 700},
        (ANN, BOB),
    ),
    Variant(
        "min-seats",
        "Advanced is held for two or more. One seat of O1 is open, and nobody may learn for no "
        "purpose, so there is no class. Coaching (2,500) leads there as well: 2,500 + 500 = "
        "3,000. Bob by coaching: 3,600.",
        (
            put("Activities", "Advanced", seats=4, min_seats=2),
            add("Activities", activity="Coaching", kind="coaching", hours=20, cost=2500),
            add("Prerequisites", activity="Coaching", competency="Leading", level=1),
            add("Outcomes", activity="Coaching", competency="Leading", level=2),
        ),
        {"learning": 2500, "moves": 500},
        (ANN,),
    ),
    Variant(
        "min-seats-met",
        "The same with two seats of O1 and no coaching: both sit in the class of period 2, 3,600.",
        (TWO_SEATS, put("Activities", "Advanced", seats=4, min_seats=2)),
        BOTH,
        (ANN, BOB),
    ),
    Variant(
        "resource",
        "O1 has two seats. Advanced needs the mentor, who has time for one, and for nobody in "
        "period 2: Ann learns in 1, Bob in 3, placed in 4: 3,600 + 1,000 = 4,600.",
        (TWO_SEATS, *MENTOR, add("Resources", resource="Mentor", period=2, capacity=0)),
        BOTH | {"vacancy": 1000},
        (ANN, ("O1", "Bob", 4)),
    ),
    Variant(
        "away",
        "O1 has two seats. Advanced is held away from work, in period 2 alone, and HQ, where both"
        " work now, can spare one: Ann 1,500 and a hire 10,000, 11,500.",
        (
            TWO_SEATS,
            put("Employees", "Bob", unit="HQ"),
            put("Units", "HQ", max_away=1),
            put("Activities", "Advanced", away="yes"),
            only_in("Advanced", 2),
        ),
        ONE_OF_TWO,
        (ANN,),
        others=ONE_HIRE,
    ),
    Variant(
        "moves-out",
        "Both work at the Site, which lets one go a period. O1 waits for 1,000 a period, O2 for "
        "3,000, so O1 waits. Bob moves to O1 for 800 but to O2 for 500: Bob to O2 in 3, Ann to O1"
        " in 4: 2,300 + 500 + 500 + 1,000 = 4,300. The other way round: 4,600.",
        (
            put("Employees", "Ann", unit="Site"),
            put("Units", "Site", max_moves_out=1),
            add(
                "Openings",
                opening="O2",
                role="Manager",
                unit="HQ",
                needed=3,
                max_delay=1,
                vacancy_cost=3000,
            ),
        ),
        {"learning": 2300, "moves": 1000, "vacancy": 1000},
        (("O1", "Ann", 4), ("O2", "Bob", 3)),
    ),
    Variant(
        "budget",
        "O1 has two seats. Advanced is paid from the learning pool, which holds 1,500: one "
        "person. Ann 1,500 and a hire 10,000, 11,500.",
        (
            TWO_SEATS,
            put("Activities", "Advanced", pool="learning"),
            add("Budgets", pool="learning", amount=1500),
        ),
        ONE_OF_TWO,
        (ANN,),
        others=ONE_HIRE,
    ),
    Variant(
        "unit-budget",
        "The learning pool holds 900 for learners of HQ. Ann's Advanced costs 1,000; Bob is of "
        "the Site: 2,100.",
        (
            put("Activities", "Advanced", pool="learning"),
            add("Budgets", pool="learning", unit="HQ", amount=900),
        ),
        BOBS,
        (BOB,),
    ),
    Variant(
        "budget-session",
        "The learning pool holds 1,500. Advanced costs 1,000 a learner and 700 a session: 1,700 "
        "are not there. A hire: 10,000.",
        (
            put("Activities", "Advanced", pool="learning", seats=5, session_cost=700),
            add("Budgets", pool="learning", amount=1500),
        ),
        {"external": 10000},
        others=ONE_HIRE,
    ),
    Variant(
        "external-pool",
        "Without Bob; O1 has two seats, which may stay unfilled for 15,000. Hires are paid from a"
        " pool of 8,000, which is too little: Ann 1,500, the other seat unfilled, 16,500.",
        (
            NO_BOB,
            put("Openings", "O1", seats=2, unfilled_cost=15000),
            setting("external_pool", "recruiting"),
            add("Budgets", pool="recruiting", amount=8000),
        ),
        ANNS | {"unfilled": 15000},
        (ANN,),
        others={"unfilled": [{"opening": "O1", "seats": 1}]},
    ),
    Variant(
        "external-pool-fallback",
        "Advanced has a pass rate of 0.8, O1 may stay unfilled for 12,000, and the recruiting "
        "pool holds 1,000. A placement falls back to a hire (10,000 is less than 12,000) with "
        "chance 0.2: 2,000 from the pool, too much. So is a hire: unfilled, 12,000.",
        (
            setting("risk", "expected"),
            put("Activities", "Advanced", pass_rate=0.8),
            put("Openings", "O1", unfilled_cost=12000),
            setting("external_pool", "recruiting"),
            add("Budgets", pool="recruiting", amount=1000),
        ),
        {"unfilled": 12000},
        others={"unfilled": [{"opening": "O1", "seats": 1}]},
    ),
    Variant(
        "move-pool",
        "O1 has two seats. Moves are paid from a pool of 600: Ann's 500, not Bob's 800 as well. "
        "Ann 1,500 and a hire 10,000, 11,500.",
        (
            TWO_SEATS,
            setting("move_pool", "mobility"),
            add("Budgets", pool="mobility", amount=600),
        ),
        ONE_OF_TWO,
        (ANN,),
        others=ONE_HIRE,
    ),
)
