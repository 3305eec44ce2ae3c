"""`summarizer completion`: the script that teaches a shell to complete commands and options."""

import click

from summarizer.cli import output
from summarizer.cli.exits import Exit


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> Exit:
    """Print the completion script for a shell.

    \b
    bash: eval "$(summarizer completion bash)"       in ~/.bashrc
    zsh:  eval "$(summarizer completion zsh)"        in ~/.zshrc
    fish: summarizer completion fish | source        in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    root = click.get_current_context().find_root().command
    # Not `source`: for bash that would start one to ask its version, and this script only needs to be printed.
    script = kind(root, {}, "summarizer", "_SUMMARIZER_COMPLETE")
    output.write((script.source_template % script.source_vars()).encode())
    return Exit.DONE
