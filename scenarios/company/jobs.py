"""The company's jobs: every job role and level of the staff file, mapped to an O*NET occupation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """A role of the scenario; `wage` is the percentile of the occupation's wages it is paid at."""

    role: str
    department: str
    job_role: str
    grade: int
    soc: str
    wage: str

    @property
    def title(self) -> str:
        return f"{FAMILIES[self.role[:2]]}, grade {self.grade}"


FAMILIES = {
    "HR": "Human Resources",
    "HM": "HR Manager",
    "LT": "Laboratory Technician",
    "RS": "Research Scientist",
    "RD": "Research Director",
    "HC": "Healthcare Representative",
    "MD": "Manufacturing Director",
    "OM": "Operations Manager",
    "SR": "Sales Representative",
    "SE": "Sales Executive",
    "SM": "Sales Manager",
}
_HR, _RD, _SALES = "Human Resources", "Research & Development", "Sales"

JOBS = (
    Job("HR1", _HR, "Human Resources", 1, "43-4161.00", "p50"),
    Job("HR2", _HR, "Human Resources", 2, "13-1071.00", "p50"),
    Job("HR3", _HR, "Human Resources", 3, "13-1071.00", "p75"),
    Job("HM4", _HR, "Manager", 4, "11-3121.00", "p50"),
    Job("HM5", _HR, "Manager", 5, "11-3121.00", "p75"),
    Job("LT1", _RD, "Laboratory Technician", 1, "19-4021.00", "p25"),
    Job("LT2", _RD, "Laboratory Technician", 2, "19-4021.00", "p50"),
    Job("LT3", _RD, "Laboratory Technician", 3, "19-4021.00", "p75"),
    Job("RS1", _RD, "Research Scientist", 1, "19-1042.00", "p25"),
    Job("RS2", _RD, "Research Scientist", 2, "19-1042.00", "p50"),
    Job("RS3", _RD, "Research Scientist", 3, "19-1042.00", "p75"),
    Job("RD3", _RD, "Research Director", 3, "11-9121.01", "p25"),
    Job("RD4", _RD, "Research Director", 4, "11-9121.00", "p50"),
    Job("RD5", _RD, "Research Director", 5, "11-9121.00", "p75"),
    Job("HC2", _RD, "Healthcare Representative", 2, "41-4011.00", "p25"),
    Job("HC3", _RD, "Healthcare Representative", 3, "41-4011.00", "p50"),
    Job("HC4", _RD, "Healthcare Representative", 4, "41-4011.00", "p75"),
    Job("MD2", _RD, "Manufacturing Director", 2, "51-1011.00", "p75"),
    Job("MD3", _RD, "Manufacturing Director", 3, "11-3051.00", "p50"),
    Job("MD4", _RD, "Manufacturing Director", 4, "11-3051.00", "p75"),
    Job("OM3", _RD, "Manager", 3, "11-1021.00", "p50"),
    Job("OM4", _RD, "Manager", 4, "11-1021.00", "p75"),
    Job("OM5", _RD, "Manager", 5, "11-1021.00", "p90"),
    Job("SR1", _SALES, "Sales Representative", 1, "41-4012.00", "p25"),
    Job("SR2", _SALES, "Sales Representative", 2, "41-4012.00", "p50"),
    Job("SE2", _SALES, "Sales Executive", 2, "41-4012.00", "p50"),
    Job("SE3", _SALES, "Sales Executive", 3, "41-4012.00", "p75"),
    Job("SE4", _SALES, "Sales Executive", 4, "11-2021.00", "p25"),
    Job("SM3", _SALES, "Manager", 3, "11-2022.00", "p25"),
    Job("SM4", _SALES, "Manager", 4, "11-2022.00", "p50"),
    Job("SM5", _SALES, "Manager", 5, "11-2022.00", "p75"),
)
