"""The command line: words for people go to standard error, objects to standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.backup_commands import add_backup_commands
from assistant.dates import last_day, parse_date, spoken
from assistant.errors import AssistantError, BadInputError, MissingDependencyError
from assistant.index import article_list
from assistant.index.article_list import ArticleQuery, Sort
from assistant.index.keys import AccessKey, KeyBook
from assistant.measures.coverage import Item, is_covered
from assistant.settings import Settings, load_settings
from assistant.terminal import print_answer, printable
from assistant.types import Ask, Filters, IngestReport
from assistant.wire import listed_article, to_wire
from assistant.wording import standing_in_words

if TYPE_CHECKING:
    from assistant.build import Assistant
    from evals.runner import EvalService

app = typer.Typer(
    name="assistant",
    help="Short answers on rare earth controls; every sentence cites an exact passage of a dated article.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
articles_app = typer.Typer(help="What is indexed.", no_args_is_help=True)
app.add_typer(articles_app, name="articles")
eval_app = typer.Typer(help="Run an eval set, or compare two runs.")
app.add_typer(eval_app, name="eval")
keys_app = typer.Typer(help="Keys for a server that others reach.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")
feedback_app = typer.Typer(help="What readers said of answers.", no_args_is_help=True)
app.add_typer(feedback_app, name="feedback")
add_backup_commands(app)

JsonFlag = Annotated[bool, typer.Option("--json", help="print JSON and nothing else on standard output")]
ModelOption = Annotated[
    str | None, typer.Option(metavar="PROVIDER:MODEL", help="language model that words the answer; extractive for none")
]
DateOption = Annotated[str | None, typer.Option(metavar="D", help="YYYY-MM-DD, YYYY-MM or YYYY")]


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 did not hold, 2 bad input, 3 something is missing."""
    try:
        app()
    except AssistantError as error:
        _say(f"assistant: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("assistant: stopped")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="what you want to know")],
    as_of: DateOption = None,
    since: DateOption = None,
    until: DateOption = None,
    publisher: Annotated[list[str] | None, typer.Option(metavar="P", help="only this publisher; repeatable")] = None,
    llm: ModelOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Answer one question."""
    filters = Filters(as_of, since, until, tuple(publisher or ()))
    with _opened(load_settings(llm=llm)) as assistant:
        # Bad input is told before anything is indexed or loaded for it.
        assistant.service.check(Ask(question, filters=filters))
        _first_use(assistant)
        assistant.warm()
        answer = assistant.service.ask(Ask(question, filters=filters, remember=False))
    if as_json:
        _print_json(to_wire(answer))
    else:
        print_answer(answer)


@app.command()
def chat(as_of: DateOption = None, llm: ModelOption = None) -> None:
    """Ask and follow up, in the terminal; an empty line or Ctrl-D ends it."""
    with _opened(load_settings(llm=llm)) as assistant:
        _first_use(assistant)
        _say("Ask about rare earth controls. An empty line ends the conversation.")
        conversation_id: str | None = None
        for question in _typed():
            try:
                answer = assistant.service.ask(Ask(question, conversation_id, Filters(as_of)))
            except BadInputError as error:
                _say(f"assistant: {error}")
                continue
            conversation_id = answer.conversation_id
            print_answer(answer)


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="files, folders, patterns, addresses of pages, feeds or sitemaps, a sources.toml, - for a pipe",
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="what standard input holds, for example page.html")] = "input.txt",
    links: Annotated[Path | None, typer.Option(metavar="FILE", help="a text file of addresses, one a line")] = None,
    restore: Annotated[bool, typer.Option(help="let in again what was removed")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Bring articles in; with no source, the shipped corpus."""
    from assistant.ingest.intake import piped_source

    with _opened(load_settings().without_model()) as assistant:
        intake = assistant.intake
        origins = intake.links(links) if links is not None else []
        for argument in sources or ():
            piped = [piped_source(name, sys.stdin.buffer.read)] if argument == "-" else None
            origins += piped or intake.origins(argument)
        with _progress("indexing") as progress:
            if origins:
                report = intake.take(origins, progress, restore=restore)
            else:
                report = assistant.ingest_shipped(progress, restore=restore)
    if as_json:
        _print_json(to_wire(report))
    else:
        _print_report(report)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def watch(
    folders: Annotated[list[Path] | None, typer.Argument(metavar="[FOLDER]...", help="folders to follow")] = None,
    sources: Annotated[
        Path | None, typer.Option(metavar="FILE", help="named sources; default: sources.toml in the data folder")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="read what is due, and end")] = False,
) -> None:
    """Follow folders as they change, and the named sources of sources.toml on their schedules, until Ctrl-C."""
    from assistant.watch import open_watch

    with _opened(load_settings().without_model()) as assistant:
        following = open_watch(assistant, folders or [], sources, _say)
        if once:
            raise typer.Exit(0 if following.run_due() else 1)
        _say("watching; Ctrl-C ends it")
        try:
            following.follow(Event())
        except KeyboardInterrupt:
            _say("stopped; what was read so far is kept")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(metavar="H", help="default 127.0.0.1; any other needs a key")] = None,
    port: Annotated[int | None, typer.Option(metavar="P", min=1, max=65535)] = None,
    llm: ModelOption = None,
) -> None:
    """Open the chat page and the API."""
    from assistant.api.server import open_socket, run

    settings = load_settings(host=host, port=port, llm=llm)
    # An address that cannot be served is told before anything is indexed for it.
    with _opened(settings, serving=True) as assistant, open_socket(assistant) as bound:
        _first_use(assistant)
        run(assistant, bound, _say)


@app.command()
def mcp(
    http: Annotated[bool, typer.Option("--http", help="streamable HTTP instead of the standard streams")] = False,
    host: Annotated[str, typer.Option(metavar="H", help="with --http: a loopback address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="P", min=0, max=65535, help="with --http; 0 for any free one")] = 8001,
    llm: ModelOption = None,
) -> None:
    """Serve the Model Context Protocol to a chat client or an agent."""
    server = _mcp_server()
    with _opened(load_settings(llm=llm), serving=True) as assistant:
        made = server.create_server(assistant, lambda: _first_use(assistant))
        if http:
            server.run_http(made, host, port, _say)
        else:
            server.run_stdio(made)


def _mcp_server() -> ModuleType:
    try:
        from assistant.mcp import server
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types"):
            raise
        raise MissingDependencyError("the MCP SDK is not installed; install it with: pip install 'mcp>=2.3'") from error
    return server


@app.command()
def measures(as_of: DateOption = None, as_json: JsonFlag = False) -> None:
    """The register of measures, and where each stood on a day."""
    settings = load_settings().without_model()
    day = last_day(parse_date(as_of, "as_of")) if as_of is not None else settings.day()
    with _opened(settings) as assistant:
        _first_use(assistant)
        register = assistant.register.current()
    statuses = register.as_of(day)
    if as_json:
        _print_json(to_wire(statuses))
    for status in () if as_json else statuses:
        print(printable(f"{standing_in_words(status):<44}  {status.name}"))
    _say(f"{len(statuses)} measures on {day}; articles were read for the register up to {register.reviewed_to}")


@app.command()
def brief(
    topic: Annotated[str, typer.Argument(help="a measure, element, company, place")],
    as_of: DateOption = None,
    as_json: JsonFlag = False,
) -> None:
    """One page on a topic, all in quotes: what it is, where it stands, figures, who says what, what is open."""
    from assistant.export.briefing import briefing_document
    from assistant.export.markdown import to_markdown

    with _opened(load_settings().without_model()) as assistant:
        assistant.briefings.check(topic, Filters(as_of))
        _first_use(assistant)
        assistant.warm()
        briefing = assistant.briefings.write(topic, Filters(as_of))
    if as_json:
        _print_json(to_wire(briefing))
    else:
        sys.stdout.write(printable(to_markdown(briefing_document(briefing))))


@app.command()
def covered(
    element: Annotated[str | None, typer.Option(help="name or symbol, for example dysprosium")] = None,
    form: Annotated[str | None, typer.Option(help="for example magnet, oxide, alloy, metal")] = None,
    code: Annotated[str | None, typer.Option(help="control or customs code, for example 1C902")] = None,
    destination: Annotated[str | None, typer.Option(help="for example US, JP, EU")] = None,
    day: DateOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Which measures name an item, and where they stood on a day."""
    settings = load_settings().without_model()
    on = last_day(parse_date(day, "day")) if day is not None else settings.day()
    with _opened(settings) as assistant:
        _first_use(assistant)
        coverage = is_covered(assistant.register.current(), Item(element, form, code, destination), on)
    if as_json:
        _print_json(to_wire(coverage))
    for covering in () if as_json else coverage.measures:
        told = f"{standing_in_words(covering.measure):<44}  {covering.measure.name} (by {', '.join(covering.by)})"
        print(printable(told))
    _say(f"{len(coverage.measures)} measures name this item on {on}. {coverage.note}")


@eval_app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    set_name: Annotated[str, typer.Option("--set", metavar="NAME", help="eval set")] = "core",
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="result file to compare with")] = None,
    json_path: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="write the result file")] = None,
    html_path: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="write a readable report")] = None,
) -> None:
    """Run an eval set: exit 0 when every gate holds, 1 when one falls short, 2 when it could not run."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console

    from evals.assembly import fresh_service
    from evals.command import run

    def build(today: str) -> EvalService:
        with _progress("indexing") as progress:
            return fresh_service(set_name, today, progress)

    raise typer.Exit(run(set_name, build, baseline, json_path, html_path, Console()))


@eval_app.command("compare")
def compare_results(
    before: Annotated[Path, typer.Argument(metavar="A", help="result file of the earlier run")],
    after: Annotated[Path, typer.Argument(metavar="B", help="result file of the later run")],
    html_path: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="write a readable report")] = None,
) -> None:
    """Compare two result files of one set: every figure before and after, with a paired interval."""
    from rich.console import Console

    from evals.command import show_comparison

    raise typer.Exit(show_comparison(before, after, html_path, Console()))


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="mend what is wrong")] = False, as_json: JsonFlag = False
) -> None:
    """Check data folder, model, and the search indexes against the catalog; only look unless told to mend."""
    from assistant import doctor as doctors

    if repair:
        with _progress("indexing") as progress:
            findings = doctors.repair(load_settings(), progress)
    else:
        findings = doctors.examine(load_settings())
    if as_json:
        _print_json(to_wire(findings))
    for finding in () if as_json else findings:
        _say(f"{'ok  ' if finding.ok else 'BAD '} {finding.check}: {finding.detail}")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@feedback_app.command("export")
def export_feedback() -> None:
    """Draft eval cases from feedback, as YAML on standard output; a person writes what is expected."""
    with _opened(load_settings().without_model()) as assistant:
        cases = assistant.feedback.draft_cases()
    import yaml

    print(yaml.safe_dump({"cases": cases}, allow_unicode=True, sort_keys=False), end="")
    _say(f"{len(cases)} draft cases")


@keys_app.command("add")
def add_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="whose key it is")],
    read_only: Annotated[bool, typer.Option("--read-only", help="may ask, and change nothing but its own")] = False,
) -> None:
    """Make a key and print it, this once."""
    with _key_book() as keys:
        _print_token(*keys.add(name, read_only=read_only))


@keys_app.command("renew")
def renew_key(name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Give a key another token; the old one is refused at once, the conversations stay with the key."""
    with _key_book() as keys:
        _print_token(*keys.renew(name))


@keys_app.command("list")
def list_keys(as_json: JsonFlag = False) -> None:
    """The keys, without their tokens."""
    with _key_book() as keys:
        found = keys.all()
    if as_json:
        _print_json(to_wire(found))
    for key in () if as_json else found:
        print(printable(f"{key.created_at[:10]}  {'read-only' if key.read_only else 'full':<9}  {key.name}"))
    _say(f"{len(found)} keys")


@keys_app.command("remove")
def remove_key(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    conversations: Annotated[bool, typer.Option("--conversations", help="delete its conversations too")] = False,
) -> None:
    """Refuse a key from now on, on a running server too; its conversations become those of this machine.

    Its saved questions are forgotten.
    """
    from assistant.index.conversations import LOCAL_OWNER
    from assistant.index.saved import SavedBook

    with _opened(load_settings().without_model()) as assistant:
        key = KeyBook(assistant.catalog).remove(name)
        left = assistant.conversations.of(key.id)
        SavedBook(assistant.catalog, key.id).delete_all()
        count = left.delete_all() if conversations else left.hand_over(LOCAL_OWNER)
    _say(f"removed {name}; {count} conversations {'deleted' if conversations else 'are now those of this machine'}")


@contextmanager
def _key_book() -> Iterator[KeyBook]:
    with _opened(load_settings().without_model()) as assistant:
        yield KeyBook(assistant.catalog)


def _print_token(key: AccessKey, token: str) -> None:
    print(token)
    may = "ask" if key.read_only else "ask, and change the corpus"
    _say(f"{key.name} may {may}; keep the key, it is shown this once")


@articles_app.command("list")
def list_articles(
    words: Annotated[str, typer.Option("--query", metavar="WORDS", help="words in title, publisher or text")] = "",
    publisher: Annotated[list[str] | None, typer.Option(metavar="P", help="only this publisher; repeatable")] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="for example official; repeatable")] = None,
    language: Annotated[list[str] | None, typer.Option(metavar="L", help="for example zh; repeatable")] = None,
    since: DateOption = None,
    until: DateOption = None,
    undated: Annotated[bool | None, typer.Option("--undated/--dated", help="only those, or none of them")] = None,
    sort: Annotated[Sort, typer.Option(help="oldest_cited lists only what stored answers cite")] = "id",
    as_json: JsonFlag = False,
) -> None:
    """What is indexed, with how many stored answers cite each."""
    query = ArticleQuery(
        words, tuple(publisher or ()), tuple(kind or ()), tuple(language or ()), (), since, until, undated, sort
    )
    with _opened(load_settings().without_model()) as assistant:
        _first_use(assistant)
        listed = article_list.list_articles(assistant.catalog, query).items
    if as_json:
        _print_json([listed_article(item.article, item.cited, item.last_cited_at) for item in listed])
    for item in () if as_json else listed:
        article = item.article
        told = f"{article.published_on or 'undated':<10}  {article.id}  {article.publisher}: {article.title}"
        print(printable(f"{told} (cited {item.cited} times)" if item.cited else told))


@articles_app.command("show")
def show_article(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    versions: Annotated[bool, typer.Option("--versions", help="what it said before it was corrected")] = False,
    as_json: JsonFlag = False,
) -> None:
    """The whole article, or its earlier versions."""
    with _opened(load_settings().without_model()) as assistant:
        _first_use(assistant)
        article = assistant.catalog.article(article_id)
        earlier = assistant.catalog.versions(article_id)
    if article is None:
        raise BadInputError(f"no article {article_id!r}; list them with: assistant articles list")
    if as_json:
        _print_json(to_wire(earlier if versions else article))
    elif versions:
        for version in earlier:
            when = f"{version.seen_on} to {version.replaced_on}: {version.metadata['title']}"
            print(printable(f"{when}\n{version.text}\n"))
        _say(f"{len(earlier)} earlier versions")
    else:
        head = (article.title, f"{article.publisher}, {spoken(article.published_on)}", article.url or "")
        copy = (f"Copy of {article.copy_of}",) if article.copy_of else ()
        print(printable("\n".join((*head, *copy, "", article.text))))


@articles_app.command("remove")
def remove_articles(article_ids: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Remove articles and every quote of them; later ingests leave them out unless told to restore."""
    with _opened(load_settings().without_model()) as assistant:
        emptied = assistant.ingestor.remove(*article_ids)
    _say(f"removed {', '.join(article_ids)}; bring it back with: assistant ingest --restore")
    _say("Backups of the data folder made before still hold it, and so do the files it came from.")
    _tell_log(emptied)


@app.command()
def compact() -> None:
    """Write the data folder's files anew, so that nothing deleted lingers in them."""
    with _opened(load_settings().without_model()) as assistant:
        emptied = assistant.ingestor.compact()
    _say("compacted")
    _tell_log(emptied)


def _tell_log(emptied: bool) -> None:
    if not emptied:
        _say("Another process was reading the old log; run again when it is done: assistant compact")
        raise typer.Exit(1)


@articles_app.command("check")
def check_articles(as_json: JsonFlag = False) -> None:
    """Check the shipped corpus: front matter, dates, sentence lengths."""
    from assistant.ingest.corpus_check import check_corpus
    from assistant.shipped import corpus_folder

    faults = check_corpus(corpus_folder(), load_settings().day())
    if as_json:
        _print_json(to_wire(faults))
    for fault in () if as_json else faults:
        print(f"{fault.source}: {fault.reason}")
    _say(f"{len(faults)} faults")
    raise typer.Exit(1 if faults else 0)


@contextmanager
def _opened(settings: Settings, *, serving: bool = False) -> Iterator[Assistant]:
    # Half of a second that --help and bad input need not wait for.
    from assistant import logs
    from assistant.build import build_assistant

    logs.configure(settings, serving=serving)
    assistant = build_assistant(settings)
    try:
        yield assistant
    finally:
        assistant.close()


def _first_use(assistant: Assistant) -> None:
    """Index the shipped corpus when the data folder is empty, was left half-way, or an upgrade brought another."""
    if not assistant.needs_shipped():
        return
    _say("indexing the shipped corpus (once)")
    with _progress("indexing") as progress:
        report = assistant.ingest_shipped(progress)
    for failure in report.failed:
        _say(f"failed: {failure.source}: {failure.reason}")


def _progress(label: str) -> AbstractContextManager[Callable[[int, int], None]]:
    # Questions need no bar.
    from assistant.progress import progress_bar

    return progress_bar(label)


def _typed() -> Iterator[str]:
    while True:
        try:
            question = input("> ").strip()
        except EOFError:
            return
        if not question:
            return
        yield question


def _print_report(report: IngestReport) -> None:
    _say(
        f"added {report.added}, updated {report.updated}, unchanged {report.unchanged}, removed {report.removed}, "
        f"kept out {report.kept_out}, passages {report.passages}, {report.seconds:.1f} s"
    )
    if report.dropped_lines:
        _say(f"lines left out as navigation: {report.dropped_lines}")
    for part in report.left_out:
        _say(f"in part: {part.source}: {part.reason}")
    for failure in report.failed:
        _say(f"failed: {failure.source}: {failure.reason}")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(words: str) -> None:
    print(printable(words), file=sys.stderr)
