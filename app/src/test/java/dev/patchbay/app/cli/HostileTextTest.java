package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.PathEnd;
import dev.patchbay.core.reachability.ReachabilityQuery;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What others have chosen (names, labels, titles, environment, rules, an engine's sentences) cannot steer the
/// terminal, nor forge a line or a column, whichever command shows it.
class HostileTextTest extends SampleHostCommands {
    private static final String HOSTILE =
            "x\u001b]0;title\u0007\u001b[31m\u0000\u0008\u007f\u0085\u009b1m\u061c\u200f\u2028\u202e\u2066\r\n"
                    + "FORGED\ty";
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

    /// Each command with words that let it show what is foreign.
    private static final Map<String, List<String>> LINES = new LinkedHashMap<>();

    /// Commands that show nothing foreign but what a process of the person's own writes, or that change this machine.
    private static final Set<String> WITHOUT =
            Set.of("completion", "host down", "host driver", "host up", "lab exec", "picture", "version");

    static {
        LINES.put("network ls", List.of("", "--format {{.Name}}{{.Labels}}", "--format {{json~.}}", "--no-trunc"));
        LINES.put("network inspect", List.of("n", "-f {{.Name}} n", "-f {{.Labels}} n", "-f {{json~.Labels}} n"));
        LINES.put("network create", List.of("n", "--dry-run n"));
        LINES.put("network rm", List.of("n", "--dry-run n"));
        LINES.put("network connect", List.of("n c", "--dry-run n c"));
        LINES.put("network disconnect", List.of("n c", "--dry-run n c"));
        LINES.put("network addresses", List.of(""));
        LINES.put("network gateway", List.of("n c", "--dry-run n c"));
        LINES.put("network move", List.of("n m c", "--dry-run n m c"));
        LINES.put("network subnet", List.of("n 10.81.0.0/16", "--dry-run n 10.81.0.0/16"));
        LINES.put("network update", List.of("--label-add a=b n", "--mtu 1400 n", "--mtu 1400 --dry-run n"));
        LINES.put("network prune", List.of("-f", "--dry-run"));
        LINES.put("create", List.of("httpd", "--dry-run httpd"));
        LINES.put("container inspect", List.of("c", "-f {{.Config}} c", "-f {{.Name}} c"));
        LINES.put(
                "ps",
                List.of(
                        "-a",
                        "-a --no-trunc",
                        "-a --format {{.Labels}}",
                        "-a --format {{.Command}}{{.Image}}{{.Networks}}",
                        "-a --format {{.Label~\"role\"}}",
                        "-a --format {{json~.}}",
                        "-a --format {{range~$k,$v:=.}}{{$k}}{{$v}}{{end}}"));
        LINES.put("container prune", List.of("-f"));
        LINES.put("run", List.of("-d httpd", "--dry-run -d httpd"));
        LINES.put("port", List.of("c", "c 80"));
        LINES.put("logs", List.of("none"));
        LINES.put("publish", List.of("c 8080:80", "--dry-run c 8080:80"));
        LINES.put("unpublish", List.of("c 8080:80"));
        LINES.put("republish", List.of("c 80 8081"));
        for (String verb : List.of("start", "stop", "restart", "kill", "rm", "wait")) {
            LINES.put(verb, List.of("c", "c d"));
        }
        LINES.put("rename", List.of("c d"));
        LINES.put("update", List.of("--restart always c"));
        LINES.put("inspect", List.of("c", "-f {{.}} c"));
        LINES.put(
                "events",
                List.of(
                        "--since 1h --until 0s",
                        "--since 1h --until 0s --format {{.Actor}}",
                        "--since 1h --until 0s --format {{json~.}}"));
        LINES.put("plan", List.of("FILE", "--steps FILE", "--format json FILE"));
        LINES.put("apply", List.of("-y --steps FILE"));
        LINES.put("down", List.of("-y FILE"));
        LINES.put("export", List.of(""));
        LINES.put("rules", List.of("", "-t filter", "-t nft", "-t nft --plain", "--plain"));
        LINES.put("explain", List.of("c d:80", "-f json c d:80", "-f {{.Title}}{{.Hops}} c d:80"));
        LINES.put("undo", List.of("", "--dry-run"));
        LINES.put("redo", List.of("", "--dry-run"));
        LINES.put("repair", List.of("", "--dry-run"));
        LINES.put("host ls", List.of("", "--format {{.Address}}{{.Origin}}"));
        LINES.put("status", List.of("--host local", "--host local -f {{.}}"));
        LINES.put("lab up", List.of(""));
        LINES.put("lab down", List.of(""));
        LINES.put("lab status", List.of(""));
        LINES.put("doctor", List.of(""));
        LINES.put("tour", List.of(""));
    }

    @TempDir
    Path home;

    @Test
    void noCommandLetsForeignTextSteerTheTerminal() throws Exception {
        Path file = Files.writeString(home.resolve("compose.yaml"), "name: p\nnetworks: {front: {}}\n");
        Map<String, String> environment =
                Map.of("HOME", home.toString(), "PATCHBAY_HOME", home.toString(), "DOCKER_HOST", "unix:///" + HOSTILE);
        Set<String> silent = new TreeSet<>();
        for (CommandLine leaf : leaves(Cli.commandTree(session()))) {
            String command = leaf.getCommandSpec().qualifiedName().substring("patchbay ".length());
            if (WITHOUT.contains(command)) {
                continue;
            }
            String name = LINES.containsKey(command) ? command : command.replaceFirst("^container ", "");
            assertThat(LINES)
                    .as("how to type %s with something foreign", command)
                    .containsKey(name);
            for (String line : LINES.getOrDefault(name, List.of())) {
                List<String> words = new ArrayList<>(List.of(command.split(" ")));
                Stream.of(line.split(" "))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.replace('~', ' ').replace("FILE", file.toString()))
                        .forEach(words::add);
                String shown = "";
                for (ConnectedHost asked : List.of(new HostileHost(false), new HostileHost(true), broken())) {
                    CliResult typed = CliResult.run(environment, clock(), _ -> asked, words.toArray(String[]::new));
                    shown += assertHarmless(words, typed.out()) + assertHarmless(words, typed.err());
                }
                if (!shown.contains("FORGED")) {
                    silent.add(String.join(" ", words));
                }
            }
        }
        assertThat(silent)
                .as("commands that were to show something foreign and did not")
                .containsExactlyInAnyOrder("doctor", "lab down", "lab status");
    }

    /// The helper keeps labels, environment and the titles of changes as they were given.
    @Test
    void aLabShowsWhatItKeepsEscaped() throws Exception {
        try (LabHome lab = new LabHome(home)) {
            String label = HOSTILE.replace("\0", "");
            CliResult run =
                    lab.type("run", "-d", "--name", "web", "-l", "note=" + label, "-e", "A=" + label, "httpd:2.4");
            assertThat(run.exitCode()).as(run.err()).isZero();
            Path exported = Files.writeString(home.resolve("compose.yaml"), lab.output("export"));
            assertThat(lab.output("plan " + exported)).isEqualTo("Nothing to do." + System.lineSeparator());
            for (String words : List.of(
                    "ps --format {{.Labels}}",
                    "inspect web",
                    "inspect -f {{.Config.Env}} web",
                    "events --since 1h --until 0s",
                    "export",
                    "undo --dry-run",
                    "undo")) {
                CliResult typed = lab.type(words.split(" "));
                assertThat(typed.exitCode()).as(typed.err()).isZero();
                assertThat(assertHarmless(List.of(words), typed.out())).contains("FORGED");
            }
        }
    }

    @Test
    void jsonStaysTheSameJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        String whole = hostile("network", "inspect", "n").out();
        assertThat(json.readTree(whole)
                        .get(0)
                        .at("/Labels")
                        .properties()
                        .iterator()
                        .next()
                        .getKey())
                .isEqualTo(HOSTILE);
        assertThat(json.readTree(hostile("ps", "--format", "{{json .}}")
                                .outLines()
                                .getFirst())
                        .path("Image")
                        .asText())
                .isEqualTo(HOSTILE);
    }

    /// What a template itself says is the person's own.
    @Test
    void aFormatMayHaveLinesAndTabsOfItsOwn() {
        assertThat(hostile("ps", "--format", "{{.ID}}\\n{{\"\\t\"}}|").out())
                .isEqualTo("1".repeat(12) + "\n\t|" + System.lineSeparator());
    }

    @Test
    void theOutputOfAContainerIsWrittenAsItIs() {
        assertThat(hostile("logs", "c").out()).isEqualTo(HOSTILE);
    }

    private static CliResult hostile(String... words) {
        return CliResult.run(Map.of("HOME", "/home/me"), clock(), _ -> new HostileHost(false), words);
    }

    private static String assertHarmless(List<String> words, String output) {
        assertThat(CONTROL.matcher(output).results().map(found ->
                        (int) found.group().charAt(0)))
                .as("control characters in the output of %s: %s", words, output)
                .isEmpty();
        assertThat(output).as("%s", words).doesNotContain("FORGED\t", "\nFORGED");
        return output;
    }

    private static List<CommandLine> leaves(CommandLine command) {
        List<CommandLine> leaves = new ArrayList<>();
        for (CommandLine below : new LinkedHashSet<>(command.getSubcommands().values())) {
            leaves.addAll(below.getSubcommands().isEmpty() ? List.of(below) : leaves(below));
        }
        return leaves;
    }

    private static CliSession session() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new CliSession(Reader.nullReader(), nowhere, nowhere, clock(), Map.of(), _ -> broken(), false);
    }

    /// A host whose every answer is a failure.
    private static ConnectedHost broken() {
        InvocationHandler fail = (_, method, _) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            throw new EngineException("ask " + HOSTILE, HOSTILE);
        };
        return (ConnectedHost) Proxy.newProxyInstance(
                HostileTextTest.class.getClassLoader(), new Class<?>[] {ConnectedHost.class}, fail);
    }

    private static final class HostileHost extends RecordingHost {
        private static final Refusal REFUSAL = new Refusal("test", HOSTILE, HOSTILE);
        private static final List<PlannedStep> STEPS = List.of(new PlannedStep(HOSTILE, List.of(HOSTILE)));

        private final boolean refusing;

        HostileHost(boolean refusing) {
            super(hostileTopology(), Map.of());
            this.refusing = refusing;
        }

        private static Topology hostileTopology() {
            Topology usual = SampleHostCommands.topology();
            Container container = usual.containers().getFirst();
            return new Topology(
                            1,
                            usual.host(),
                            List.of(network("a", HOSTILE, Driver.BRIDGE)),
                            List.of(new Container(
                                    container.id(),
                                    HOSTILE,
                                    HOSTILE,
                                    List.of(HOSTILE),
                                    container.created(),
                                    container.state(),
                                    1,
                                    0,
                                    container.startedAt(),
                                    container.finishedAt(),
                                    HOSTILE,
                                    List.of(),
                                    List.of(),
                                    container.ports(),
                                    Map.of("role", HOSTILE, HOSTILE, HOSTILE),
                                    ContainerConfig.DEFAULT,
                                    0)),
                            List.of())
                    .with(List.of(new Problem(null, ProblemKind.STRAY_LINK, List.of(HOSTILE), STEPS)));
        }

        private Outcome answer() {
            return refusing ? new Outcome.Refused(REFUSAL) : new Outcome.Done("subject", HOSTILE, STEPS, 1);
        }

        @Override
        public Outcome preview(Change change) {
            return answer();
        }

        @Override
        public Outcome apply(Change change) {
            return answer();
        }

        @Override
        public Outcome apply(HistoryAction action) {
            return answer();
        }

        @Override
        public List<PlannedStep> repair(boolean dryRun) {
            return STEPS;
        }

        @Override
        public HostRules counters() {
            String rule = "-m comment --comment \"" + HOSTILE.replaceAll("[\\r\\n]", " ") + "\" -j " + HOSTILE;
            List<KernelChain> chains = new ArrayList<>();
            List<KernelRule> rules = new ArrayList<>();
            for (String table : List.of("nat", "filter")) {
                chains.add(new KernelChain(Family.IPV4, table, HOSTILE, "-", 0, 0));
                rules.add(new KernelRule(Family.IPV4, table, HOSTILE, 1, 1, 1, rule));
            }
            KernelTable unread = new KernelTable("inet", HOSTILE, List.of(HOSTILE), "", "");
            KernelTable read = new KernelTable(
                    "inet",
                    "x",
                    List.of("y"),
                    "table inet x {\n\tchain y {\n\t\tcomment \"" + HOSTILE.replaceAll("[\\r\\n\\t\\u0085\\u2028]", " ")
                            + "\" accept\n\t}\n}\n",
                    "");
            return new HostRules(1, "nft", chains, rules, List.of(unread, read), List.of());
        }

        @Override
        public TracedPath explain(ReachabilityRequest inquiry) throws RefusedException {
            if (refusing) {
                throw new RefusedException(REFUSAL);
            }
            Message said = Message.verbatim(HOSTILE);
            Hop hop = new Hop(
                    Hop.Stage.END, Hop.Status.FAILS, Hop.Evidence.DERIVED, said, said, said, List.of(), "", List.of());
            return new TracedPath(
                    new ReachabilityQuery(new PathEnd.OnHost(), new PathEnd.Outside(), null, 0, Family.IPV4),
                    said,
                    Verdict.BLOCKED,
                    List.of(hop),
                    null,
                    new Remedy.ByHand(said));
        }

        @Override
        public ObjectNode inspectNetwork(String network) {
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("Name", HOSTILE);
            document.putObject("Labels").put(HOSTILE, HOSTILE);
            return document;
        }

        @Override
        public ObjectNode inspectContainer(String container) {
            ObjectNode document =
                    JsonNodeFactory.instance.objectNode().put("Id", HOSTILE).put("Name", HOSTILE);
            document.putObject("Config").putArray("Env").add(HOSTILE);
            document.putObject("State").put("Running", false).put("ExitCode", HOSTILE);
            document.putObject("NetworkSettings")
                    .putObject("Ports")
                    .putArray("80/tcp")
                    .addObject()
                    .put("HostIp", HOSTILE)
                    .put("HostPort", HOSTILE);
            return document;
        }

        @Override
        public ProjectDifference compareProject(Project project, ComposeGoal aim) throws RefusedException {
            if (refusing) {
                throw new RefusedException(REFUSAL);
            }
            return new ProjectDifference(
                    List.of(new ProjectDifference.Item(
                            ProjectDifference.Kind.CREATE,
                            ProjectDifference.Subject.NETWORK,
                            HOSTILE,
                            List.of(HOSTILE))),
                    List.of(HOSTILE),
                    new Change.Batch(List.of(), List.of()),
                    ProjectHost.Undo.WHOLE);
        }

        @Override
        public String exportCompose(String project) {
            return "name: \"" + HOSTILE.replace("\n", "\\n").replace("\t", "\\t") + "\"\n";
        }

        @Override
        public List<HostEvent> events() {
            return List.of(new HostEvent(
                    NOW,
                    HostEvent.Kind.CONTAINER,
                    "start",
                    new Id("1".repeat(64)),
                    new TreeMap<>(Map.of("name", HOSTILE, HOSTILE, HOSTILE))));
        }

        @Override
        public AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) {
            return () -> {};
        }

        @Override
        public Map<Id, ContainerSize> containerSizes() {
            return Map.of();
        }

        @Override
        public void log(String container, LogQuery query, OutputStream out, OutputStream err) throws IOException {
            if (!container.equals("none")) {
                out.write(HOSTILE.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }
}
