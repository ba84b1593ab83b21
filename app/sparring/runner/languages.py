"""The languages that code is run in, as a table. A further one is one more row.

In `compile` and `run`, {tool} is the toolchain's program, {bin} the folder it lies in, {folder} where the source is and
the result goes, {memory_mb} the problem's memory limit.
"""

from dataclasses import dataclass

COMPILE_SECONDS = 30.0
COMPILE_MEMORY_MB = 2_048
COMPILE_FILE_BYTES = 268_435_456
MAX_COMPILER_WORDS = 8_000


@dataclass(frozen=True)
class Language:
    """One language, by the name that the editor and the problems use."""

    name: str
    title: str
    tool: str
    """The program that is looked for on the PATH."""
    source: str
    """What the file with the code is called."""
    run: tuple[str, ...]
    how_to_get: str
    compile: tuple[str, ...] = ()
    """Empty: there is nothing to compile."""
    version: tuple[str, ...] = ("--version",)
    """The arguments with which the tool says its version."""
    least: tuple[int, ...] = ()
    """The oldest version that will do."""
    home: tuple[str, ...] = ()
    """Where the tool on the PATH is only a door: the arguments with which it names the folder that has bin/{tool}."""
    has_home: bool = False
    """Whether the tool needs the folder above its own, outside the system's own folders."""
    visible: tuple[str, ...] = ()
    """Further paths that it reads, as patterns."""
    environment: tuple[tuple[str, str], ...] = ()
    memory: str = "AS"
    """What the memory limit bounds: AS, or DATA for those that reserve far more than they use."""
    extra_memory_mb: int = 64
    """What the language itself needs beyond a problem's limit."""
    extra_seconds: float = 0.0
    """What it needs to start, beyond a problem's limit."""
    compile_memory: str = "DATA"
    out_of_memory: tuple[str, ...] = ()
    """What it writes to standard error when the memory does not suffice."""


LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        Language(
            "python",
            "Python",
            tool="python3",
            source="solution.py",
            run=("{tool}", "-I", "-S", "-B", "-X", "utf8", "{folder}/solution.py"),
            how_to_get="Sparring runs Python solutions with the Python that it runs on.",
            out_of_memory=("MemoryError",),
        ),
        Language(
            "javascript",
            "JavaScript",
            tool="node",
            source="solution.js",
            run=("{tool}", "--max-old-space-size={memory_mb}", "{folder}/solution.js"),
            how_to_get="Install Node.js 18 or newer: your system's package nodejs, or nodejs.org.",
            least=(18,),
            memory="DATA",
            extra_memory_mb=256,
            extra_seconds=0.3,
            out_of_memory=("heap out of memory", "Array buffer allocation failed", "process OOM"),
        ),
        Language(
            "cpp",
            "C++",
            tool="g++",
            source="main.cpp",
            compile=("{tool}", "-std=c++17", "-O2", "-pipe", "-o", "{folder}/main", "{folder}/main.cpp"),
            run=("{folder}/main",),
            how_to_get="Install GCC: your system's package g++ (gcc-c++ on Fedora), or Xcode's command line tools.",
            out_of_memory=("std::bad_alloc",),
        ),
        Language(
            "java",
            "Java",
            tool="javac",
            source="Main.java",
            compile=("{tool}", "-J-Xmx512m", "-J-XX:+UseSerialGC", "-d", "{folder}", "{folder}/Main.java"),
            run=(
                "{bin}/java", "-Xmx{memory_mb}m", "-Xss64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=64m", "-XX:-UsePerfData",
                "-cp", "{folder}", "Main",
            ),
            how_to_get="Install a JDK, 17 or newer: your system's package default-jdk, or adoptium.net.",
            version=("-version",),
            least=(11,),
            has_home=True,
            visible=("/etc/java-*",),
            memory="DATA",
            extra_memory_mb=1_024,
            extra_seconds=1.0,
            out_of_memory=("OutOfMemoryError",),
        ),
        Language(
            "go",
            "Go",
            tool="go",
            source="main.go",
            compile=("{tool}", "build", "-o", "{folder}/main", "{folder}/main.go"),
            run=("{folder}/main",),
            how_to_get="Install Go: your system's package golang, or go.dev/dl.",
            version=("version",),
            home=("env", "GOROOT"),
            environment=(("CGO_ENABLED", "0"), ("GO111MODULE", "off"), ("GOTOOLCHAIN", "local")),
            memory="DATA",
            extra_memory_mb=256,
            out_of_memory=("out of memory", "cannot allocate memory"),
        ),
        Language(
            "rust",
            "Rust",
            tool="rustc",
            source="main.rs",
            compile=("{tool}", "--edition", "2021", "-O", "-o", "{folder}/main", "{folder}/main.rs"),
            run=("{folder}/main",),
            how_to_get="Install Rust: your system's package rustc, or rustup.rs.",
            home=("--print", "sysroot"),
            out_of_memory=("memory allocation of",),
        ),
    )
}  # fmt: skip
