"""What the source says of every car, written down by hand and independent of the product's content and code.

The tests that show no car the steps of another compare the product with this table alone.
"""

from typing import NamedTuple

EVERY_YEAR = (1900, 2099)


class Years(NamedTuple):
    first: int
    last: int


class Row(NamedTuple):
    """The model years of a generation for which a variant holds."""

    generation: str
    first: int = EVERY_YEAR[0]
    last: int = EVERY_YEAR[1]


LATEST = 2027

# Model, first and last model year of every generation that a customer can name.
GENERATIONS: dict[str, tuple[str, int, int]] = {
    "911-classic": ("911", 1964, 2005),
    "997": ("911", 2005, 2012),
    "991": ("911", 2012, 2019),
    "992": ("911", 2019, LATEST),
    "982": ("718", 2017, LATEST),
    "718-electric": ("718", 2026, LATEST),
    "986": ("boxster-cayman", 1997, 2004),
    "987": ("boxster-cayman", 2005, 2012),
    "981": ("boxster-cayman", 2012, 2016),
    "955": ("cayenne", 2003, 2010),
    "958": ("cayenne", 2011, 2017),
    "9Y0": ("cayenne", 2017, LATEST),
    "cayenne-electric": ("cayenne", 2026, LATEST),
    "970": ("panamera", 2010, 2016),
    "971": ("panamera", 2017, 2023),
    "976": ("panamera", 2024, LATEST),
    "95B": ("macan", 2014, LATEST),
    "J1-II": ("macan", 2024, LATEST),
    "J1": ("taycan", 2020, LATEST),
    "918-spyder": ("918", 2014, 2015),
    "980": ("carrera-gt", 2004, 2006),
    "classic-cars": ("classic", 1948, 1995),
}
# Cars of their own that a model's name alone does not mean.
NAMED_ONLY = {"718-electric", "cayenne-electric"}
ELECTRIC = {"718-electric", "cayenne-electric", "J1-II", "J1"}

_PHONE_OPT = (Row("991"), Row("982"), Row("95B", last=2018), Row("958"))
_BY_MENU = {
    "phone-opt": _PHONE_OPT,
    "device-manager": (Row("971", 2017, 2019),),
    "set-device-manager": (Row("9Y0"), Row("95B", 2018), Row("992"), Row("971", 2020)),
    "taycan": (Row("J1"),),
}
VARIANTS: dict[str, dict[str, tuple[Row, ...]]] = {
    "roaming-activate": _BY_MENU,
    "data-connection-off": _BY_MENU,
    "sim-pin": {
        "device-manager": (Row("971"), Row("9Y0"), Row("95B", 2018), Row("992")),
        "phone-opt": _PHONE_OPT,
        "taycan": (Row("J1"),),
    },
    "link-porsche-id": {
        "porsche-id-in-pcm": (Row("J1"), Row("992", 2022), Row("9Y0", 2022), Row("971", 2022), Row("976")),
        "pairing-apps-opt": (Row("991"), Row("982"), Row("95B", last=2018), Row("958")),
        "pairing-settings": (Row("971", last=2021), Row("9Y0", last=2021), Row("992", last=2021), Row("95B", 2018)),
    },
}
PROCEDURES = tuple(VARIANTS)
# Entries that show what holds for the car, and ask nothing.
VARIANTS |= {
    "pairing-code": {
        "code": (Row("982"), Row("95B", 2018), Row("9Y0", last=2021), Row("971", last=2021), Row("992", last=2021)),
        "code-older": (Row("991"), Row("95B", last=2018), Row("958")),
        "no-code": (Row("J1"), Row("976"), Row("992", 2022), Row("9Y0", 2022), Row("971", 2022)),
    },
    "data-connection": {
        "taycan": (Row("J1"),),
        "other": tuple(Row(code) for code in GENERATIONS if code != "J1"),
    },
}
LINKING = {"link-porsche-id", "pairing-code"}
# "from 2021" stands beside "from model year 2022": a year that was not called a model year can mean either.
EITHER = 2021
EITHER_GENERATIONS = {"992", "9Y0", "971"}

# Menu words of the source by which a customer would follow a variant.
PATHS: dict[str, dict[str, tuple[str, ...]]] = {
    "roaming-activate": {
        "phone-opt": ("PHONE > OPT > SET PHONE > Roaming",),
        "device-manager": ("Options > Data connections > Roaming",),
        "set-device-manager": ("SET > Device manager > Options > Mobile data > Roaming",),
        "taycan": ("Roaming is activated automatically", "Roaming se zapne automaticky"),
    },
    "data-connection-off": {
        "phone-opt": ("PHONE > OPT > SET PHONE > ",),
        "device-manager": ("Options > Data connections > ",),
        "set-device-manager": ("SET > Device manager > Options > Mobile data > ",),
        "taycan": ("Privacy and Porsche Connect settings > Private mode",),
    },
    "sim-pin": {
        "device-manager": ("> Options > Phone > SIM card > Remember PIN",),
        "phone-opt": ("PHONE > OPT > SET PHONE > Phone > SIM card > Remember PIN",),
        "taycan": ("You do not need to enter a SIM card PIN", "PIN SIM karty není třeba zadávat"),
    },
    "link-porsche-id": {
        "porsche-id-in-pcm": ("Nastavení > Účty > Založit účet",),
        "pairing-apps-opt": ("APPS > OPT > Přihlásit k aplikaci Porsche Connect",),
        "pairing-settings": ("do PCM pod Nastavení Porsche Connect", "in the PCM under Nastavení Porsche Connect"),
    },
}

PATHS |= {
    "pairing-code": {
        "code": ("Párovací kód je relevantní pro", "The pairing code is relevant for"),
        "code-older": ("I u těchto modelů se Porsche ID", "On these models, too, the Porsche ID"),
        "no-code": ("není potřeba párovací kód", "No pairing code is needed"),
    },
    "data-connection": {
        "taycan": ("Ve vašem vozidle Taycan", "In your Taycan"),
        "other": ("Ve všech ostatních modelech", "In all other models"),
    },
}


def of_model(model: str) -> tuple[str, ...]:
    """The generations that the model's name means."""
    return tuple(code for code, row in GENERATIONS.items() if row[0] == model and code not in NAMED_ONLY)


def held(procedure: str, generation: str, model_year: int) -> frozenset[str]:
    """The variants that hold for a generation in a model year."""
    return frozenset(
        variant
        for variant, rows in VARIANTS[procedure].items()
        if any(row.generation == generation and row.first <= model_year <= row.last for row in rows)
    )


def model_years(generation: str, said: Years | None) -> list[int]:
    """The model years of the generation that the years said leave; none said: all of them."""
    _, first, last = GENERATIONS[generation]
    return [year for year in range(first, last + 1) if said is None or said.first <= year <= said.last]


def possible(generations: tuple[str, ...], said: Years | None) -> list[tuple[str, int]]:
    """The cars that are possible; a named generation wins over a year right beside its own."""
    cars = [(code, year) for code in generations for year in model_years(code, said)]
    fuelled = [code for code in generations if code not in ELECTRIC] or list(generations)
    if cars or said is None or len(fuelled) != 1:
        return cars
    _, first, last = GENERATIONS[fuelled[0]]
    if said.last == first - 1:
        return [(fuelled[0], first)]
    return [(fuelled[0], last)] if said.first == last + 1 else []


def outcomes(
    procedure: str, generations: tuple[str, ...], said: Years | None, *, bare: bool = False
) -> set[frozenset[str]]:
    """The different sets of variants that the cars that are possible have."""
    either = bare and procedure in LINKING and said == Years(EITHER, EITHER)
    return {
        held(procedure, code, year)
        | (held(procedure, code, year + 1) if either and code in EITHER_GENERATIONS else frozenset())
        for code, year in possible(generations, said)
    }


def allowed(procedure: str, generations: tuple[str, ...], said: Years | None, *, bare: bool = False) -> frozenset[str]:
    """Every variant that some car that is possible has."""
    return frozenset[str]().union(*outcomes(procedure, generations, said, bare=bare))
