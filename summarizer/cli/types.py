"""`summarizer types`: the report types of `schemas/`."""

from pathlib import Path

import click

from summarizer.cli import options, output
from summarizer.cli.exits import Exit

_home = click.option(
    "--home", type=click.Path(path_type=Path), help="Folder with schemas/ of your own (or SUMMARIZER_HOME)."
)


@click.group(short_help="List, show and check report types.")
def types() -> None:
    """Report types: what `schemas/` says about each kind of report.

    A file in the schemas/ folder of your own (SUMMARIZER_HOME) hides the built-in file of the same name.
    """


@types.command("list")
@_home
@options.debug_only
def list_(home: Path | None) -> Exit:
    """List the report types: id, names, and whether the definition is built in or your own."""
    from summarizer import resources
    from summarizer.definition import parse_definition

    folder = _folder(home)
    for resource in resources.report_types(folder):
        definition = parse_definition(resource.name, resources.read("schemas", resource.name, folder))
        origin = "yours" if resource.own else "built in"
        _print(f"{definition.id}  {definition.name_zh}  {definition.name_en}  ({origin})")
    return Exit.DONE


@types.command()
@click.argument("type_id", metavar="ID", default="rule_of_law")
@_home
@options.debug_only
def show(type_id: str, home: Path | None) -> Exit:
    """Show a definition and where the files it draws on stand."""
    from summarizer import resources

    folder = _folder(home)
    definition = resources.check_report_type(type_id, folder)
    files = (f"{type_id}.toml", *definition.glossaries, definition.readings, *definition.metrics)
    output.write(resources.read("schemas", files[0], folder).encode())
    _print("")
    for name in files:
        resource = resources.find("schemas", name, folder)
        if resource:
            _print(f"# {name}: {resource.path}{' (yours)' if resource.own else ''}")
    return Exit.DONE


@types.command()
@click.argument("type_ids", metavar="[ID]...", nargs=-1)
@_home
@options.debug_only
def check(type_ids: tuple[str, ...], home: Path | None) -> Exit:
    """Check every line of the definitions (all of them when none is named), of the terms and metrics they draw on, and
    of the prompts; exits with 2 at the first fault, told with its file and line.
    """
    from summarizer import resources

    folder = _folder(home)
    for type_id in type_ids or [r.name.removesuffix(".toml") for r in resources.report_types(folder)]:
        resources.check_report_type(type_id, folder)
        loaded = resources.load_report_type(type_id, folder)
        _print(f"{type_id}: no fault in {len(loaded.glossary)} terms, {len(loaded.metrics)} metrics")
    prompts = resources.load_prompts(folder)
    _print(f"prompts: no fault in {len(prompts.templates)} files")
    return Exit.DONE


def _folder(home: Path | None) -> Path | None:
    from summarizer import resources, settings

    folder = home or settings.load().home
    return resources.check_home(folder) if folder is not None else None


def _print(line: str) -> None:
    output.write(f"{output.one_line(line)}\n".encode(errors="backslashreplace"))
