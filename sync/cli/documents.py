"""``documents``: the Word templates, for whoever edits them: which fields there are, how they look, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle
from sync.cli.terminal import Listing
from sync.cli.wiring import open_config
from sync.documents.pdf import convert_to_pdf
from sync.documents.tryout import describe_templates, explain_template, render_samples
from sync.events import set_up_log

EXIT_FAULTY = 2


def add_commands(app: typer.Typer) -> None:
    app.command()(documents)


def documents(
    config: ConfigOption = DEFAULT_CONFIG,
    sample: Annotated[
        Path | None, typer.Option("--sample", metavar="DIR", help="Fill in every template with invented visits, here.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="With --sample: a PDF beside each document.")] = False,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Explain what is wrong with one template.")
    ] = None,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """List the templates and their fields, try them on invented visits, or check one that was edited."""
    set_up_log(log.value, quiet=True)
    settings = open_config(config)
    if check is not None:
        faults = explain_template(check, settings.rules)
        for line in faults or [f"{check.name}: templat ini baik."]:
            typer.echo(line)
        if faults:
            raise typer.Exit(EXIT_FAULTY)
    elif sample is not None:
        for path in render_samples(settings.templates, sample, settings.rules):
            typer.echo(path)
            if pdf:
                path.with_suffix(".pdf").write_bytes(convert_to_pdf(path.read_bytes()))
                typer.echo(path.with_suffix(".pdf"))
    else:
        for info in describe_templates(settings.rules):
            table = Listing(
                "tag", "contoh isi", "wajib", "dalam daftar", title=f"{info.title} ({', '.join(info.files)})"
            )
            for field in info.fields:
                table.add_row(field.tag, field.sample, "ya" if field.required else "", field.in_list)
            table.show()
