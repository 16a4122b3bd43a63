"""The website as files: what is in it, that it holds together, and what happens when something is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import pypdf
import pytest
from front_door import run
from library_case import LibraryCase, record_version
from markupsafe import Markup
from PIL import Image
from shipped_case import sample
from site_case import ADDRESS, EDITIONS, SUB_PATH, THERAPIES, built, kinds, shared

from printables.library.site import site_address_fault
from printables.pages.formats.html_tree import Element, parse
from printables.site import build as site_build
from printables.site.catalogue import Catalogue
from printables.site.hosting import KINDS, Inline, headers, policy
from printables.site.servers import MISSING
from printables.typeset.inspect.source import read_html
from printables.typeset.inspect.text import read_pdf
from printables.typeset.inspect.words import lost_words

pytestmark = pytest.mark.pdf
CARDS = ("cards/adults/crisis-card-adults-en.pdf",)
"""What lies in the rack, which the catalogue of leaflets does not name."""
READERS = ("adults", "teens", "parents", "professionals", "easy-read")
TITLES = {
    "adults": "Interpersonal psychotherapy: for adults",
    "teens": "Interpersonal psychotherapy: for teenagers",
    "parents": "Interpersonal psychotherapy: for parents and carers",
    "professionals": "Interpersonal psychotherapy: for professionals",
    "easy-read": "Interpersonal psychotherapy: for Easy Read readers",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(tmp_path_factory)


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return project / "output/site"


@pytest.fixture
def own(project: Path, tmp_path: Path) -> Path:
    """A copy of the project that the test may spoil."""
    return Path(shutil.copytree(project, tmp_path / "own"))


def pages(site: Path) -> list[Path]:
    """Every page; fragments are parts of pages."""
    return sorted(path for path in site.rglob("*.html") if "fragments" not in path.relative_to(site).parts)


def listed(site: Path) -> list[Path]:
    """The pages that visitors find: not those that other websites frame."""
    return [path for path in pages(site) if "embed" not in path.relative_to(site).parts]


def tree(path: Path) -> Element:
    return parse(path.read_text(encoding="utf-8"))


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_kind_of_page_is_there_and_no_other(site: Path) -> None:
    named = set(kinds(site).values())
    assert {name for name in named if not (site / name).is_file()} == set()
    folders = {path.relative_to(site).parts[0] for path in pages(site)}
    assert folders == {name.split("/")[0] for name in named}


@pytest.mark.parametrize("reader", READERS)
def test_download_buttons_say_what_one_gets(site: Path, reader: str) -> None:
    pdf = site / f"leaflets/{reader}/ipt-{reader}-en.pdf"
    count, size = len(pypdf.PdfReader(pdf).pages), round(pdf.stat().st_size / 1000)
    label = f"Download {TITLES[reader]} (PDF, {count} pages, {size} KB)"
    for name in ("therapies/ipt.html", f"leaflets/{reader}/ipt-{reader}-en.html"):
        links = tree(site / name).below("a")
        (link,) = (one for one in links if one.words == label)
        assert (site / name).parent.joinpath(link.attributes["href"] or "").resolve() == pdf.resolve()


@pytest.mark.parametrize("reader", READERS)
def test_twin_and_pdf_have_the_same_words(site: Path, reader: str) -> None:
    page = (site / f"leaflets/{reader}/ipt-{reader}-en.html").read_text(encoding="utf-8")
    parts = r'(<div class="leaflet[^>]*>.*?)(?=<section class="beside|<nav class="onwards|</article>)'
    own = r'<span class="quiet">.*?</span>|<details class="help numbers".*?</details>'
    here, on_paper = "to fill in here or to print:", "Ask for them where you got it:"
    page = page.replace(f"Sheets that go with this leaflet, {here}", f"Sheets that go with this leaflet. {on_paper}")
    article = re.sub(own, "", "".join(re.findall(parts, page, re.DOTALL)), flags=re.DOTALL)
    source = read_html(f'<!doctype html><html lang="en"><head><title>t</title></head><body>{article}</body></html>')
    sheets = read_pdf((site / f"leaflets/{reader}/ipt-{reader}-en.pdf").read_bytes())
    assert len(source.words) > 300
    assert lost_words(source, sheets) == Counter()
    printed = Counter(word for sheet in sheets for line in sheet.body for word in line.words)
    extra = printed - Counter(word.folded for word in source.words)
    drawn = {
        "my",
        "own",
        "questions",
        "and",
        "notes",
        "notes:",
        "local",
        "pathway",
        "pathway,",
        "waiting",
        "time",
        "time,",
        "whom",
        "to",
        "ring",
        "ring:",
    }
    twin = parse((site.parent / f"leaflets/{reader}/ipt-{reader}-en.html").read_text(encoding="utf-8"))
    blank = [one.words for one in twin.below("div") if "about-service" in (one.attributes.get("class") or "")]
    drawn |= set(re.findall(r"[\w-]+", " ".join(blank).casefold()))
    assert set(extra) <= drawn | set(map(str, range(1, 17))), "print adds numbers and the label of lines to write on"


def references(path: Path) -> list[str]:
    """Everything that a page points to."""
    found: list[str] = []
    for element in tree(path).below("a", "link", "script", "img", "iframe"):
        found += [element.attributes.get(name) or "" for name in ("href", "src")]
        found += [part.split()[0] for part in (element.attributes.get("srcset") or "").split(",") if part.strip()]
    return [one for one in found if one]


def test_all_links_resolve(site: Path) -> None:
    checked, broken = 0, []
    ids = {path: set(re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8"))) for path in pages(site)}
    for path in pages(site):
        for reference in references(path):
            parts = urlsplit(reference)
            if parts.scheme in ("https", "tel", "sms", "mailto"):
                continue
            checked += 1
            start = site if parts.path.startswith("/") else path.parent
            target = (start / unquote(parts.path.removeprefix(f"{SUB_PATH}/"))).resolve() if parts.path else path
            inside = target.is_file() and target.is_relative_to(site.resolve())
            named = not parts.fragment or parts.fragment.startswith("page=") or parts.fragment in ids.get(target, set())
            if parts.scheme or not inside or not named:
                broken.append(f"{path.relative_to(site)}: {reference}")
    assert broken == []
    assert checked > 500
    rooted = {path.name for path in pages(site) for one in references(path) if one.startswith("/")}
    assert rooted == {MISSING}, "a page that is missing does not know how deep it stands"


def test_links_work_from_a_folder_as_well(site: Path) -> None:
    """On a disk, an address that ends with a slash shows a list of files."""
    loose = [
        f"{path.name}: {one}" for path in pages(site) for one in references(path) if urlsplit(one).path.endswith("/")
    ]
    assert [one for one in loose if "https:" not in one] == []


def test_nothing_comes_from_anybody_else(site: Path) -> None:
    for path in pages(site):
        for element in tree(path).below("script", "img", "iframe", "link"):
            for name in ("src", "href", "srcset"):
                value = element.attributes.get(name) or ""
                assert "//" not in value or element.attributes.get("rel") == "canonical", f"{path.name}: {value}"
    for path in (site / "assets").glob("*.css"):
        addresses = re.findall(r"url\(\"?([^\")]+)", path.read_text(encoding="utf-8"))
        assert all(not urlsplit(one).netloc and (path.parent / urlsplit(one).path).is_file() for one in addresses)


def inline(site: Path) -> Inline:
    """What the page for missing pages brings along, as it stands in it."""
    text = (site / MISSING).read_text(encoding="utf-8")
    (style,), (script,) = (re.findall(rf"<{tag}[^>]*>([^<]+)</{tag}>", text) for tag in ("style", "script"))
    return Inline(Markup(style), Markup(script))  # noqa: S704 - our own page


def test_pages_meet_their_own_policy(site: Path) -> None:
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        own = policy(inline(site)) if path.name == MISSING else policy()
        assert f'<meta http-equiv="Content-Security-Policy" content="{own.replace(chr(39), "&#39;")}">' in text
        assert not re.search(r"\sstyle=|\son\w+=|javascript:", text), path.name
        assert text.count("<style") == (path.name == MISSING)
        scripts = [one for one in parse(text).below("script") if "src" not in one.attributes]
        kinds_of = {one.attributes.get("type") for one in scripts}
        assert kinds_of == {None} if path.name == MISSING else kinds_of <= {"application/ld+json"}


HOSTS = ("_headers", ".htaccess", "web.config", "hosting/nginx.conf", "hosting/Caddyfile")


def test_security_headers_for_common_hosts_say_the_same(site: Path) -> None:
    wanted = headers(inline(site))
    assert len(wanted) == 7 and wanted["Content-Security-Policy"].count("'sha256-") == 2
    for name in HOSTS:
        text = (site / name).read_text(encoding="utf-8")
        missing = [f"{key}: {value}" for key, value in wanted.items() if key not in text or value not in text]
        assert missing == [], name
    assert xml(site / "web.config").tag == "configuration"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("_headers", "show 404.html of their own accord"),
        (".htaccess", f"\nErrorDocument 404 {SUB_PATH}/404.html\n"),
        ("web.config", '<error statusCode="404" path="404.html" responseMode="File" />'),
        ("hosting/nginx.conf", f"\nerror_page 404 {SUB_PATH}/404.html;\n"),
        ("hosting/Caddyfile", f"\n\trewrite @missing {SUB_PATH}/404.html\n"),
    ],
)
def test_each_host_is_told_which_page_to_show_where_there_is_none(site: Path, name: str, said: str) -> None:
    assert said in (site / name).read_text(encoding="utf-8")


def kinds_of_files(site: Path) -> set[str]:
    """The endings of all files that a visitor may fetch; a dot for those without one."""
    for_hosts = {*HOSTS, ".nojekyll"}
    paths = (path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return {path.suffix or "." for path in paths if path.as_posix() not in for_hosts}


def test_iis_knows_every_kind_of_file(site: Path, tmp_path: Path) -> None:
    """It answers 404 for a kind that it does not know; so it did for every file of the search."""
    static = xml(site / "web.config").find("system.webServer/staticContent")
    assert static is not None
    known = {one.attrib["fileExtension"]: one.attrib["mimeType"] for one in static.iter("mimeMap")}
    assert known == KINDS
    assert [one.attrib["fileExtension"] for one in static.iter("remove")] == list(KINDS), "a second one is an error"
    there = kinds_of_files(site)
    assert {".pf_meta", ".pf_fragment", ".pagefind", ".", ".html"} <= there
    assert there - known.keys() == set()
    (tmp_path / "film.webm").touch()
    assert kinds_of_files(tmp_path) - known.keys() == {".webm"}


def xml(path: Path) -> ET.Element:
    return ET.fromstring(path.read_text(encoding="utf-8").encode())  # noqa: S314 - our own file


def catalogue(site: Path) -> Catalogue:
    return Catalogue.model_validate_json((site / "catalogue.json").read_bytes())


def test_the_catalogue_describes_every_file(site: Path) -> None:
    items = catalogue(site).items
    assert len(items) == len({item.url for item in items})
    counted = sample(items, 6)
    for item in items:
        path = site / item.url.removeprefix(ADDRESS)
        data = path.read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (item.bytes, item.sha256)
        if item in counted and item.pages is not None:
            assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == item.pages
        assert (site / item.page.removeprefix(ADDRESS)).is_file()
    on_disk = {path for end in ("pdf", "txt") for path in site.glob(f"*/*/*.{end}") if "cards" not in path.parts}
    assert on_disk == {site / item.url.removeprefix(ADDRESS) for item in items}


def test_the_catalogue_says_who_what_and_how(site: Path) -> None:
    (item,) = (
        one for one in catalogue(site).items if one.url == f"{ADDRESS}leaflets/teens/ipt-teens-en-a4-large-print.pdf"
    )
    assert (item.title, item.kind, item.audience) == (TITLES["teens"], "leaflet", "teens")
    version = record_version()
    assert (item.language, item.edition, item.format) == ("en", "a4-large-print", "application/pdf")
    assert (item.code.rpartition("-")[0], item.version, item.approved) == (f"IPT-TEEN-EN-{version}", version, False)
    assert (item.last_review, item.ages, item.therapies) == ("2026-11-30", ["12-17"], ["ipt"])
    assert item.conditions == ["depression-moderate-severe"]


def test_the_published_schema_is_that_of_the_catalogue(site: Path) -> None:
    schema = json.loads((site / "catalogue.schema.json").read_bytes())
    data = json.loads((site / "catalogue.json").read_bytes())
    assert set(data) == set(schema["properties"])
    assert all(set(item) == set(schema["$defs"]["Item"]["properties"]) for item in data["items"])
    assert all(
        field.get("description") or field.get("title") for field in schema["$defs"]["Item"]["properties"].values()
    )


def test_checksums_can_be_checked_by_the_usual_tool(site: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=site, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(catalogue(site).items) + len(CARDS)


def test_archives_hold_everything_about_a_therapy_or_for_a_reader(site: Path) -> None:
    items = {item.url.removeprefix(ADDRESS): item for item in catalogue(site).items}
    wanted = {
        "therapy-ipt": {path for path, item in items.items() if "ipt" in item.therapies},
        "therapy-cbt-insomnia": {path for path, item in items.items() if "cbt-insomnia" in item.therapies},
        **{f"readers-{name}": {path for path, item in items.items() if item.audience == name} for name in READERS},
    }
    assert {path.stem for path in (site / "zip").iterdir()} == {*wanted, "everything"}
    for name, inside in wanted.items():
        with zipfile.ZipFile(site / f"zip/{name}.zip") as archive:
            assert archive.testzip() is None
            assert set(archive.namelist()) == {*inside, "SHA256SUMS"}
            assert all(archive.read(path) == (site / path).read_bytes() for path in inside)
            assert len(archive.read("SHA256SUMS").splitlines()) == len(inside)


def test_the_map_names_every_page_by_its_whole_address(site: Path) -> None:
    found = [one.text for one in xml(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    wanted = [ADDRESS + path.relative_to(site).as_posix() for path in listed(site) if path.name != "404.html"]
    assert sorted(found, key=str) == sorted(wanted)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def linked_data(path: Path) -> dict[str, Any]:
    (script,) = (one for one in tree(path).below("script") if one.attributes.get("type") == "application/ld+json")
    data: dict[str, Any] = json.loads("".join(script.texts()))
    return data


def test_search_engines_read_for_whom_and_about_what_a_page_is(site: Path) -> None:
    data = linked_data(site / "leaflets/teens/ipt-teens-en.html")
    assert (data["@type"], data["name"], data["inLanguage"]) == ("MedicalWebPage", TITLES["teens"], "en")
    assert data["audience"] == {"@type": "MedicalAudience", "audienceType": "teenagers"}
    assert (data["about"]["@type"], data["about"]["name"]) == ("MedicalTherapy", "Interpersonal psychotherapy")
    assert data["lastReviewed"] == "2026-11-30"
    assert "reviewedBy" not in data, "nobody has reviewed it"
    assert {one["contentUrl"] for one in data["encoding"]} == {
        f"{ADDRESS}leaflets/teens/ipt-teens-en{suffix}.pdf" for suffix in ("", "-a4-large-print")
    }


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_shared_links_have_a_picture(site: Path) -> None:
    for path in listed(site):
        if path.name == MISSING:
            continue
        properties = {one.attributes.get("property"): one.attributes.get("content") for one in tree(path).below("meta")}
        card = (properties["og:image"] or "").removeprefix(ADDRESS)
        assert size_of(site / card) == (1200, 630)
        assert properties["og:title"] and properties["og:description"]
    with Image.open(site / "favicon.ico") as icon:
        assert {(16, 16), (32, 32)} <= icon.info["sizes"]


def test_every_page_of_a_leaflet_has_its_picture(site: Path) -> None:
    pdf = site / "leaflets/teens/ipt-teens-en.pdf"
    count = len(pypdf.PdfReader(pdf).pages)
    shown = [one for one in tree(site / "therapies/ipt.html").below("img") if "teens" in (one.attributes["src"] or "")]
    assert len(shown) == count
    for number, image in enumerate(shown, 1):
        assert image.attributes["alt"] == f"{TITLES['teens']}, page {number}"
        width, height = size_of(site / "therapies" / image.attributes["src"])
        assert (str(width), str(height)) == (image.attributes["width"], image.attributes["height"])
        assert size_of(site / f"pictures/leaflets/teens/ipt-teens-en-{number}-large.png")[0] == 2 * width


def test_a_parents_leaflet_leads_to_the_sheets_of_the_child(site: Path) -> None:
    page = site / "leaflets/parents/ipt-parents-en.html"
    links = [one.attributes["href"] or "" for one in tree(page).below("a") if one.words == "What I want to change"]
    assert [page.parent.joinpath(one).resolve() for one in links] == [site / "worksheets/teens/my-goals-teens-en.html"]


def test_a_therapy_without_a_leaflet_for_somebody_says_why(site: Path) -> None:
    words = tree(site / "therapies/cbt-insomnia.html").words
    assert "There is no leaflet for teenagers." in words
    assert "There is no leaflet for parents and carers." in words


def test_problems_lead_to_the_leaflets_that_speak_of_them(site: Path) -> None:
    listed = [one.attributes["href"] for one in tree(site / "conditions.html").below("a")]
    assert "conditions/depression-any.html" in listed and "conditions/insomnia.html" in listed
    found = {one.attributes["href"] for one in tree(site / "conditions/insomnia.html").below("a")}
    assert "../leaflets/adults/cbt-insomnia-adults-en.html" in found
    assert not any("ipt" in (one or "") for one in found)


def test_pages_say_that_no_clinician_has_approved_anything(site: Path) -> None:
    for path in pages(site):
        assert "No clinician has approved these leaflets yet." in path.read_text(encoding="utf-8")


def test_built_again_nothing_is_made(project: Path) -> None:
    answer = built(project, "--address", ADDRESS)
    assert (answer["rendered"], answer["site"]["made"], answer["site"]["removed"]) == ([], [], [])
    assert len(answer["site"]["kept"]) == len(snapshot(project / "output/site"))


def test_one_changed_sentence_makes_what_shows_it_and_no_more(own: Path) -> None:
    case = LibraryCase(own)
    case.write(
        "content/therapies/ipt.yaml",
        case.text("content/therapies/ipt.yaml").replace(
            "You have the same row at home", "You have the same quarrel at home"
        ),
    )
    before = snapshot(own)
    answer = built(own, "--address", ADDRESS)
    changed = {path for path, digest in snapshot(own).items() if before.get(path) != digest}
    assert {path for path in changed if not path.startswith("output/")} == set(), "nothing is written elsewhere"
    assert answer["rendered"] == [f"leaflets/teens/ipt-teens-en{suffix}.pdf" for suffix in ("-a4-large-print", "")]
    leaflet = {f"leaflets/teens/ipt-teens-en{end}" for end in (".pdf", ".txt", ".html", "-a4-large-print.pdf")}
    leaflet |= {f"{folder}/leaflets/teens/ipt-teens-en.html" for folder in ("embed", "fragments")}
    others = {
        "catalogue.json",
        "SHA256SUMS",
        "zip/therapy-ipt.zip",
        "zip/readers-teens.zip",
        "zip/everything.zip",
        "cards/ipt.png",
    }
    mine = {path for path in answer["site"]["made"] if not path.startswith(("pagefind/", "pictures/"))}
    assert leaflet | others <= mine
    assert mine - leaflet - others <= {"downloads.html", "desk.html", "therapies/ipt.html", "cards/site.png"}, (
        "sizes may stand there"
    )
    assert {
        path for path in answer["site"]["made"] if path.startswith("pictures/") and "ipt-teens" not in path
    } == set()


def test_words_that_were_refused_are_in_no_form(own: Path) -> None:
    """The last good PDF stays, and the page leads to it alone, since its form would show what nobody published."""
    case, path = LibraryCase(own), "content/worksheets/my-goals.yaml"
    case.write(path, case.text(path).replace("For example: sit", "Go on! For example: sit"))
    done = run(own, "site", "--json", "--address", ADDRESS)
    assert "exclamation" in done.stdout.lower()
    for reader, has_form in (("teens", False), ("adults", True)):
        page = (own / f"output/site/worksheets/{reader}/my-goals-{reader}-en.html").read_text(encoding="utf-8")
        assert ("<textarea" in page) == has_form, reader
        assert "Go on!" not in page and f"my-goals-{reader}-en.pdf" in page


@pytest.fixture(scope="module")
def lesser(project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The website without one of its therapies and without its address, and what was said when it was made."""
    own = Path(shutil.copytree(project, tmp_path_factory.mktemp("lesser") / "own"))
    (own / "output/site/google123.txt").write_text("mine", encoding="utf-8")
    (own / "content/therapies/cbt-insomnia.yaml").unlink()
    return own / "output/site", json.loads(run(own, "site", "--json").stdout)


def test_what_is_no_longer_made_goes_and_what_others_put_there_stays(lesser: tuple[Path, Any]) -> None:
    site, answer = lesser
    assert not list(site.rglob("*cbt-insomnia*"))
    assert (site / "google123.txt").read_text(encoding="utf-8") == "mine"
    assert "cbt-insomnia" not in (site / "index.html").read_text(encoding="utf-8")
    assert "therapies/cbt-insomnia.html" in answer["site"]["removed"]


@pytest.mark.long
def test_two_folders_two_time_zones_same_bytes(own: Path, project: Path) -> None:
    shutil.rmtree(own / "output")
    for words in (("rack", "cards", "--audience", "adults"), ("site", "--address", ADDRESS)):
        done = run(own, *words, "--quiet", TZ="Pacific/Auckland", PYTHONHASHSEED="7")
        assert done.returncode == 0, done.stdout + done.stderr
    first, second = snapshot(project / "output/site"), snapshot(own / "output/site")
    differing = {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)}
    assert {path for path in differing if not path.startswith("pagefind/")} == set()


def problems(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    return [line for line in done.stderr.splitlines() if line.startswith("error:")]


def test_records_of_which_none_can_be_read_leave_the_website_as_it_was(own: Path) -> None:
    """Where some can be read, the others' pages stay (tests/test_one_bad_file.py)."""
    before = snapshot(own / "output/site")
    case = LibraryCase(own)
    numbers = [case.replace(f"content/therapies/{name}.yaml", "code: ", "code: a!") for name in THERAPIES]
    said = problems(run(own, "site"))
    assert [one.partition(": code: ")[0] for one in said[:2]] == [
        f"error: content/therapies/{name}.yaml:{number}"
        for name, number in sorted(zip(THERAPIES, numbers, strict=True))
    ]
    (last,) = said[2:]
    assert last == (
        "error: website: The website was left as it was, since records could not be read. "
        "Mend what is said above and run the command again."
    )
    assert snapshot(own / "output/site") == before


def test_words_that_are_missing_are_named(own: Path) -> None:
    before = snapshot(own / "output/site")
    case = LibraryCase(own)
    case.replace("content/site/en.yaml", "  home-lead:", "# {}")
    (said,) = problems(run(own, "site"))
    assert re.fullmatch(
        r"error: templates/_site/home\.html:\d+: The template cannot be filled in: "
        r'content/site/en\.yaml has no word "home-lead"\. '
        r"Mend the template, or compare it with the one that came with Printables\.",
        said,
    )
    assert snapshot(own / "output/site").keys() == before.keys()
    assert snapshot(own / "output/site")["index.html"] == before["index.html"]


def test_a_language_without_words_is_named(own: Path) -> None:
    (own / "content/site/en.yaml").unlink()
    library, _ = LibraryCase(own).load()
    assert library is not None
    item: Any = SimpleNamespace(region="england")
    words, said = site_build._words(library, item)
    assert words is None and [LibraryCase(own).shown(one) for one in said] == [
        (
            'content/site/en.yaml: There are no words for the website in "en". '
            "Write them; docs/fields.md lists what the file holds."
        )
    ]


@pytest.mark.long  # goes the way of a word that is missing
def test_a_template_that_is_wrong_is_named_with_its_line(own: Path) -> None:
    path = own / "templates/_site/desk.html"
    path.write_text(
        path.read_text(encoding="utf-8").replace("{% for handout in handouts %}", "{% for handout in nobody %}"),
        encoding="utf-8",
    )
    (said,) = problems(run(own, "site"))
    assert re.match(
        r"error: templates/_site/desk\.html:\d+: The template cannot be filled in: 'nobody' is undefined\.", said
    )


def test_pictures_in_running_text_are_refused_with_their_line(own: Path) -> None:
    case = LibraryCase(own)
    number = case.replace(
        "content/site/en.yaml", "      ### What they are not", "      ![a picture](https://example.org/x.png)"
    )
    assert problems(run(own, "site")) == [
        (
            f"error: content/site/en.yaml:{number}: Pictures cannot stand in a text. "
            "Delete it; drawings belong to templates."
        )
    ]


@pytest.mark.parametrize("address", ["leaflets.example", "ftp://leaflets.example", "https://a b", "javascript:x"])
def test_an_address_that_is_none_is_refused(project: Path, address: str) -> None:
    assert problems(run(project, "site", "--address", address)) == [
        (
            f'error: command line: "{address}" is not the address of a website. '
            "Write one such as https://leaflets.example.org/."
        )
    ]


GIVES_AWAY = "The address of the website holds a name or a password, which all visitors would see."
OF_A_FILE = "is the address of a file. Write the address of its folder,"
OR_A_SLASH = "or a slash behind it if it is a folder."
IS_NO_PLACE = [
    ("https://me:secret@leaflets.example/shelf/", f"{GIVES_AWAY} Write https://leaflets.example/shelf/."),
    ("https://me@leaflets.example:8443", f"{GIVES_AWAY} Write https://leaflets.example:8443."),
    (
        "https://leaflets.example/index.html",
        f'"https://leaflets.example/index.html" {OF_A_FILE} https://leaflets.example/, {OR_A_SLASH}',
    ),
    (
        "https://leaflets.example/shelf/home.php",
        f'"https://leaflets.example/shelf/home.php" {OF_A_FILE} https://leaflets.example/shelf/, {OR_A_SLASH}',
    ),
]


@pytest.mark.parametrize(("address", "said"), IS_NO_PLACE)
def test_an_address_with_a_password_or_of_a_file_is_refused(project: Path, address: str, said: str) -> None:
    assert problems(run(project, "site", "--address", address)) == [f"error: command line: {said}"]


@pytest.mark.parametrize(("address", "said"), IS_NO_PLACE)
def test_so_it_is_in_the_record_with_its_line(own: Path, address: str, said: str) -> None:
    LibraryCase(own).write("content/site.yaml", f"editions: [a4]\naddress: {address}\n")
    (first, *_) = problems(run(own, "site"))
    assert first == f"error: content/site.yaml:2: address: {said}"


@pytest.mark.parametrize(
    "address", ["https://leaflets.example/v1.2", "https://leaflets.example/site.old/", "http://127.0.0.1:8000"]
)
def test_a_folder_with_a_dot_is_none_of_these(address: str) -> None:
    assert site_address_fault(address) is None


def test_an_unknown_edition_in_the_record_is_refused_with_its_line(own: Path) -> None:
    LibraryCase(own).write("content/site.yaml", "editions: [a4, a3]\n")
    (first, *_) = problems(run(own, "site"))
    assert first.startswith('error: content/site.yaml:1: editions.2: There is no edition "a3".')


def test_without_pagefind_it_says_how_to_get_it(own: Path) -> None:
    before = snapshot(own / "output/site")
    blocked = own / "blocked"
    blocked.mkdir()
    (blocked / "pagefind.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    mend = 'Run "make web" in the folder of Printables, or there: pip install ".[site]".'
    done = run(own, "site", "--clinic", "riverside", PYTHONPATH=str(blocked))
    assert problems(done) == [
        f"error: search: Pagefind, which makes the search of the website, is not installed. {mend}"
    ]
    assert snapshot(own / "output/site") == before
    assert not (own / "output/clinics").exists(), "it is said before anything is built"


def test_without_an_address_there_is_no_map_and_the_catalogue_is_relative(lesser: tuple[Path, Any]) -> None:
    site, _ = lesser
    assert not (site / "sitemap.xml").exists()
    assert all((site / item.url).is_file() for item in catalogue(site).items)
    for name in ("index.html", "therapies/ipt.html", "leaflets/teens/ipt-teens-en.html"):
        text = (site / name).read_text(encoding="utf-8")
        assert 'rel="canonical"' not in text
        assert "og:" not in text, "its addresses must be whole"
    data = linked_data(site / "leaflets/teens/ipt-teens-en.html")
    assert data["name"] == TITLES["teens"] and not {"url", "encoding"} & data.keys()
    assert 'href="/index.html"' in (site / MISSING).read_text(encoding="utf-8")
    assert "ErrorDocument 404 /404.html\n" in (site / ".htaccess").read_text(encoding="utf-8")


def spaced(page: str) -> str:
    """A page with usual spaces in place of those at which no line ends."""
    return page.replace("\u00a0", " ")


SHELF = """shelf:
  - therapy: ipt
    audiences: [teens]
    editions: [a4]
  - worksheet: closeness-circles
    audiences: [teens]
    editions: [a5]
"""


def test_a_clinic_has_its_own_shelf_colours_and_name(own: Path) -> None:
    clinic = own / "content/clinics/hillside.yaml"
    text = clinic.read_text(encoding="utf-8").replace("Every day, 8am", "every day, 8am").replace("Anyone", "anyone")
    clinic.write_text(text.partition("shelf:\n")[0] + SHELF, encoding="utf-8")
    built(own, "--clinic", "hillside")
    site = own / "output/clinics/hillside/site"
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "Hillside Counselling (example clinic)" in home
    assert "Anyone who has been seen here. Every day, 8am to midnight." in home
    assert "cbt-insomnia" not in home, "it is not on the shelf"
    assert (site / "logo.png").is_file() and 'src="logo.png"' in home
    editions = {(item.audience, item.edition) for item in catalogue(site).items if item.format == "application/pdf"}
    assert editions == {("teens", "a4"), ("teens", "a5")}
    sheet = (site / "assets/site.css").read_text(encoding="utf-8")
    assert ":root{--accent:#3d5311" in sheet, "the frame is in the clinic's colour, too"
    assert ".for-adults{--reader:#0b4a45" in sheet and ".for-professionals{--reader:#1b2f55" in sheet
    assert "data:" not in (site / "leaflets/teens/ipt-teens-en.html").read_text(encoding="utf-8")
    lines = (site / "help.html").read_text(encoding="utf-8")
    assert "Hillside duty line" in lines
    for name in ("index.html", "404.html", "help.html", "leaflets/teens/ipt-teens-en.html"):
        assert 'href="tel:01632960103">Call 01632 960103</a>' in spaced((site / name).read_text(encoding="utf-8"))
    leaflet = (site / "leaflets/teens/ipt-teens-en.html").read_text(encoding="utf-8")
    assert 'href="tel:01632960101">01632 960101</a>' in spaced(leaflet), "its phone can be touched, too"


def test_editions_are_those_of_the_record(site: Path) -> None:
    assert {item.edition for item in catalogue(site).items} == set(EDITIONS)
