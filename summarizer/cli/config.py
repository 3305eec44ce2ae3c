"""`summarizer config`: the settings as a run would see them."""

import click

from summarizer.cli import options, output
from summarizer.cli.exits import Exit


@click.command(short_help="Show the settings in force.")
@options.debug_only
def config() -> Exit:
    """Show every setting with its value and where it comes from. The key is never shown.

    A flag wins over the environment, the environment over a .env file of the working folder; blank counts as unset.
    """
    from summarizer import resources, settings

    found = settings.load()
    shown = {
        "OPENAI_MODEL": found.model,
        "OPENAI_BASE_URL": settings.without_secrets(found.base_url) if found.base_url else None,
        "OPENAI_API_KEY": settings.masked(found.api_key) if found.api_key else None,
        "SUMMARIZER_HOME": str(found.home) if found.home else None,
        "SUMMARIZER_STORE": found.store,
        "NO_COLOR": "set" if found.no_color else None,
    }
    lines = [
        f"{name:<16} {value if value is not None else '(unset)'}"
        + (f"  ({found.origins[name]})" if name in found.origins else "")
        for name, value in shown.items()
    ]
    lines += [
        f"{'engine':<16} {'llm, by the model named' if found.model else 'offline, no model being named'}",
        f"{'report types':<16} {', '.join(r.name.removesuffix('.toml') for r in resources.report_types(found.home))}",
    ]
    output.write(("\n".join(output.one_line(line) for line in lines) + "\n").encode(errors="backslashreplace"))
    return Exit.DONE
