"""Variants about what one person may do: sections 1 and 2 of the model."""

from __future__ import annotations

from scenarios.toy.base import (
    ANN,
    ANN_LATE,
    ANNS,
    ANNS_LATE,
    BOB,
    BOBS,
    NO_BOB,
    NO_LEADING,
    ONE_HIRE,
    Variant,
    add,
    drop,
    only_in,
    put,
    setting,
)

VARIANTS = (
    Variant(
        "base",
        "Ann needs Advanced (1,000) and moves for 500: 1,500. Bob needs Basics and Advanced "
        "(1,300) and moves for 800: 2,100. A hire costs 10,000. A period's delay would add 1,000.",
        (),
        ANNS,
        (ANN,),
    ),
    Variant(
        "prerequisites",
        "Ann knows nothing of leading, and the seat is needed in period 2. Advanced alone would "
        "be done by then, but presupposes Basics: Basics in 1, Advanced in 2, placed in 3, one "
        "period late: 1,300 + 500 + 1,000 = 2,800. Bob does the same for 3,100.",
        (NO_LEADING, put("Openings", "O1", needed=2)),
        {"learning": 1300, "moves": 500, "vacancy": 1000},
        (ANN,),
    ),
    Variant(
        "hours",
        "Ann has 15 hours a period, Advanced takes 20. So Bob: 1,300 + 800 = 2,100.",
        (put("Employees", "Ann", hours=15),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "at-once",
        "A manager must know accounts too (Accounts: 200), the seat is needed in period 2. Ann "
        "could do Advanced and Accounts side by side in period 1 (40 hours), but only one "
        "activity at once is allowed: placed in 3, 1,200 + 500 + 1,000 = 2,700. Bob's three "
        "courses end too late.",
        (
            setting("max_at_once", 1),
            put("Openings", "O1", needed=2),
            add("Competencies", competency="Accounting", kind="skill", levels=1),
            add("Requirements", role="Manager", competency="Accounting", level=1),
            add("Activities", activity="Accounts", kind="course", duration=1, hours=20, cost=200),
            add("Outcomes", activity="Accounts", competency="Accounting", level=1),
        ),
        {"learning": 1200, "moves": 500, "vacancy": 1000},
        (ANN,),
    ),
    Variant(
        "offered",
        "Advanced is offered in period 3 alone, so Ann is placed in 4: 1,500 + 1,000 = 2,500. Bob"
        " would cost 3,100.",
        (only_in("Advanced", 3),),
        ANNS_LATE,
        (ANN_LATE,),
    ),
    Variant(
        "availability",
        "Ann is away until period 3: Advanced in 3, placed in 4, 2,500. Bob in period 3 is "
        "cheaper: 2,100.",
        (put("Employees", "Ann", available_from=3),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "move-from",
        "Without Bob. Ann may learn at once but be placed from period 4 on: 1,500 + 1,000 = 2,500.",
        (NO_BOB, put("Employees", "Ann", move_from=4)),
        ANNS_LATE,
        (ANN_LATE,),
    ),
    Variant(
        "min-stay",
        "Ann leaves after period 3. Placed in 3, she would have to be there in min(4, 3 + 4 - 1) "
        "= 4: she may not be. So Bob: 2,100.",
        (put("Employees", "Ann", available_to=3),),
        BOBS,
        (BOB,),
    ),
    Variant(
        "min-stay-one",
        "The same with a least stay of one period: min(4, 3 + 1 - 1) = 3 is enough. Ann: 1,500.",
        (put("Employees", "Ann", available_to=3), setting("min_stay", 1)),
        ANNS,
        (ANN,),
    ),
    Variant(
        "max-delay",
        "Advanced is offered in period 3 alone and no delay is allowed: nobody is ready in time. "
        "A hire: 10,000 (found by period 3, so no vacancy).",
        (only_in("Advanced", 3), put("Openings", "O1", max_delay=0)),
        {"external": 10000},
        (),
        others=ONE_HIRE,
    ),
    Variant(
        "expiry",
        "Advanced lasts one period only, and is offered in 1 and 3. From 1 it is held in period 2"
        " alone; from 3 in period 4, where Ann is placed: 1,500 + 1,000 = 2,500. Bob: 3,100.",
        (
            drop("Outcomes", activity="Advanced"),
            add("Outcomes", activity="Advanced", competency="Leading", level=2, valid_periods=1),
            only_in("Advanced", 1, 3),
        ),
        ANNS_LATE,
        (ANN_LATE,),
    ),
    Variant(
        "profile-expiry",
        "Ann's level 1 runs out after period 1 and Advanced is offered in 2 alone, so she does "
        "Basics again in 1: 1,300 + 500 = 1,800. Bob: 2,100.",
        (
            NO_LEADING,
            add("Profiles", employee="Ann", competency="Leading", level=1, valid_to=1),
            only_in("Advanced", 2),
        ),
        {"learning": 1300, "moves": 500},
        (ANN,),
    ),
    Variant(
        "profile-from",
        "The seat is needed in period 2. Ann's level 1 counts from period 2 on: Advanced in 2, "
        "placed in 3, one period late: 1,500 + 1,000 = 2,500. With Basics in 1 she would be no "
        "earlier.",
        (
            NO_LEADING,
            add("Profiles", employee="Ann", competency="Leading", level=1, valid_from=2),
            put("Openings", "O1", needed=2),
        ),
        ANNS_LATE,
        (ANN,),
    ),
)
