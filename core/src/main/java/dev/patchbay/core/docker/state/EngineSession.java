package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.model.Event;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.RootlessEngine;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.naming.NameRules;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one connection to an engine knows of it, and what it is asked for. Any thread may call.
///
/// Each container costs a request of its own. While somebody watches, a container is read again only when an event
/// was about it, or when the list of containers says other things of it than before.
public final class EngineSession {
    /// A container and its process, as the engine tells it.
    public record RunningContainer(Id id, long process) {}

    /// @param listed what the list said when it was read
    private record CachedContainer(List<Object> listed, JsonNode document) {}

    private final DockerEngine engine;
    private final Map<String, CachedContainer> cache = new HashMap<>();
    private final Set<Watch> watches = new HashSet<>();
    private @Nullable JsonNode info;
    private @Nullable PodmanNormalizer normalizer;

    private volatile boolean rootlessRead;
    private volatile @Nullable RootlessEngine rootless;

    public EngineSession(DockerEngine engine) {
        this.engine = engine;
    }

    public DockerEngine engine() {
        return engine;
    }

    /// As the last events told of it, for a picture.
    public synchronized EngineState watchedState() throws EngineException {
        if (watches.isEmpty()) {
            invalidateAll();
        }
        return read();
    }

    /// As it is now, even if no event has told of it yet.
    ///
    /// @param containers names or ids of those of which more counts than the list says: how they restart, and what
    ///     they were asked to have on networks while they are stopped
    public synchronized EngineState state(Collection<String> containers) throws EngineException {
        normalizer = null;
        List<JsonNode> documents =
                cache.values().stream().map(CachedContainer::document).toList();
        for (String typed : containers) {
            NameLookup.matching(documents, NameRules.withoutSlash(typed), EngineState::ids, EngineState::name)
                    .forEach(document -> cache.remove(document.path("Id").asText()));
        }
        return watchedState();
    }

    /// As it is now: all is read again.
    public synchronized EngineState freshState() throws EngineException {
        invalidateAll();
        return read();
    }

    private synchronized void invalidate(Event event) {
        cache.remove(EngineEvents.container(event));
        if (EngineEvents.changesNetworks(event)) {
            normalizer = null;
        }
    }

    private synchronized void invalidateNetworks() {
        normalizer = null;
    }

    private synchronized void invalidateAll() {
        cache.clear();
        info = null;
        normalizer = null;
    }

    /// Tells the listener of changes, who reads [#watchedState] after each, until the handle is closed.
    public EngineWatch watch(EngineWatch.HostChanges host, EngineWatch.OwnChanges own, EngineWatch.Listener listener)
            throws EngineException {
        Watch watch = new Watch(listener);
        return EngineWatch.start(engine, host, changed -> watch.subscribe(own, changed), watch);
    }

    /// Keeps the session up to date by what it hears.
    private final class Watch implements EngineWatch.Listener {
        private final EngineWatch.Listener listener;
        private boolean ended;

        Watch(EngineWatch.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onEvent(Event event) {
            invalidate(event);
            listener.onEvent(event);
        }

        AutoCloseable subscribe(EngineWatch.OwnChanges own, Runnable changed) throws EngineException {
            AutoCloseable subscription = own.watch(() -> {
                // Podman has no event for a network that is made or removed.
                invalidateNetworks();
                changed.run();
            });
            return () -> {
                end();
                subscription.close();
            };
        }

        @Override
        public void refresh(boolean doubted) throws EngineException {
            synchronized (EngineSession.this) {
                // What was read before the first event could be heard may have changed since.
                if (!ended && (watches.add(this) || doubted)) {
                    invalidateAll();
                }
            }
            listener.refresh(doubted);
        }

        @Override
        public void onResponding(boolean answers) {
            listener.onResponding(answers);
        }

        @Override
        public void onLost(EngineException reason) {
            listener.onLost(reason);
        }

        private void end() {
            synchronized (EngineSession.this) {
                ended = true;
                watches.remove(this);
            }
        }
    }

    private EngineState read() throws EngineException {
        try {
            JsonNode answer = info == null ? engine.get("/info") : info;
            PodmanNormalizer spoken = normalizer == null ? readNormalizer() : normalizer;
            info = answer;
            normalizer = spoken;
            List<JsonNode> listed = list("/containers/json?all=1");
            List<JsonNode> networks = new ArrayList<>(spoken.networks(listed));
            List<JsonNode> containers = new ArrayList<>();
            for (JsonNode entry : listed) {
                JsonNode container = container(entry, spoken);
                if (container != null) {
                    containers.add(container);
                }
            }
            cache.keySet()
                    .retainAll(containers.stream()
                            .map(node -> node.path("Id").asText())
                            .toList());
            // The engine's own order is another one each time.
            Comparator<JsonNode> age =
                    Comparator.comparing(node -> node.path("Created").asText());
            containers.sort(age);
            networks.sort(Comparator.<JsonNode>comparingInt(EngineSession::rank).thenComparing(age));
            return new EngineState(engine.address(), answer, networks, containers);
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read what the engine has", refused.refusal().sentence());
        }
    }

    /// Empty for an engine of root's. The engine is asked once: it does not change while it is connected.
    public Optional<RootlessEngine> rootless() throws EngineException {
        if (!rootlessRead) {
            try {
                rootless = readRootless();
            } catch (RefusedException refused) {
                throw new EngineException(
                        "read whether the engine is rootless", refused.refusal().sentence());
            }
            rootlessRead = true;
        }
        return Optional.ofNullable(rootless);
    }

    /// As far as the engine was asked; asks nobody.
    public boolean isKnownRootless() {
        return rootless != null;
    }

    private @Nullable RootlessEngine readRootless() throws EngineException, RefusedException {
        if (!JsonValues.list(engine.get("/info").path("SecurityOptions")).contains("name=rootless")) {
            return null;
        }
        return engine.isPodman()
                ? podmanDrivers(engine.getLibpod("/info").path("host"))
                : rootlessKitDrivers(engine.get("/version").path("Components"));
    }

    /// Podman from 5 on names the program; 4 knows slirp4netns alone.
    private static RootlessEngine podmanDrivers(JsonNode host) {
        String program = host.path("rootlessNetworkCmd").asText("");
        boolean slirp = !host.at("/slirp4netns/executable").asText("").isEmpty();
        return new RootlessEngine(program.isEmpty() && slirp ? "slirp4netns" : program, "");
    }

    /// Of `daemon/info_unix.go`, `fillRootlessVersion`.
    private static RootlessEngine rootlessKitDrivers(JsonNode components) {
        return components
                .valueStream()
                .filter(component -> component.path("Name").asText().equals("rootlesskit"))
                .map(component -> component.path("Details"))
                .findFirst()
                .map(details -> new RootlessEngine(
                        details.path("NetworkDriver").asText(""),
                        details.path("PortDriver").asText("")))
                .orElse(new RootlessEngine("", ""));
    }

    /// The networks alone.
    public List<JsonNode> networks() throws EngineException {
        try {
            return readNormalizer().networks(list("/containers/json"));
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the engine's networks", refused.refusal().sentence());
        }
    }

    /// Those that run.
    public List<RunningContainer> running() throws EngineException {
        try {
            List<RunningContainer> running = new ArrayList<>();
            for (JsonNode entry : list("/containers/json")) {
                running(JsonValues.id(entry.path("Id").asText())).ifPresent(running::add);
            }
            return running;
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the engine's containers", refused.refusal().sentence());
        }
    }

    /// Empty for one that does not run any more.
    public Optional<RunningContainer> running(Id container) throws EngineException {
        try {
            long process = engine.get("/containers/" + container.value() + "/json")
                    .at("/State/Pid")
                    .asLong();
            return process > 0 ? Optional.of(new RunningContainer(container, process)) : Optional.empty();
        } catch (RefusedException gone) {
            return Optional.empty();
        }
    }

    private PodmanNormalizer readNormalizer() throws EngineException, RefusedException {
        List<JsonNode> networks = list("/networks");
        return new PodmanNormalizer(
                engine.isPodman() ? engine.getLibpod("/networks/json") : MissingNode.getInstance(), networks);
    }

    /// The predefined networks come first, in this order.
    private static int rank(JsonNode network) {
        return switch (network.path("Name").asText()) {
            case "bridge" -> 0;
            case "host" -> 1;
            case "none" -> 2;
            default -> 3;
        };
    }

    private List<JsonNode> list(String path) throws EngineException, RefusedException {
        List<JsonNode> nodes = new ArrayList<>();
        engine.get(path).forEach(nodes::add);
        return nodes;
    }

    /// Null for one that is gone since the list was made.
    private @Nullable JsonNode container(JsonNode entry, PodmanNormalizer spoken)
            throws EngineException, RefusedException {
        String id = entry.path("Id").asText();
        List<Object> listed = listed(entry);
        CachedContainer kept = cache.get(id);
        if (kept != null && kept.listed().equals(listed)) {
            return kept.document();
        }
        try {
            JsonNode fresh = spoken.container(engine.get("/containers/" + ApiRequest.escaped(id) + "/json"));
            cache.put(id, new CachedContainer(listed, fresh));
            return fresh;
        } catch (RefusedException refused) {
            if (refused.refusal().code().equals("container-not-found")) {
                return null;
            }
            throw refused;
        }
    }

    /// What the list says that may become another; the engine's order of ports is another one each time.
    private static List<Object> listed(JsonNode entry) {
        Set<JsonNode> ports = new HashSet<>();
        entry.path("Ports").forEach(ports::add);
        return List.of(entry.path("State"), entry.path("Names"), entry.path("NetworkSettings"), ports);
    }

    /// @param found in a listing
    /// @param path of the document, with `%s` for the id
    public ObjectNode inspect(JsonNode found, String path) throws EngineException, RefusedException {
        return (ObjectNode)
                engine.get(path.formatted(ApiRequest.escaped(found.path("Id").asText())));
    }

    /// As far back as the engine remembers: its last 256.
    public List<HostEvent> events() throws EngineException {
        List<HostEvent> events = new ArrayList<>();
        String filters = ApiRequest.filters(EngineEvents.filters(engine.isPodman()));
        try {
            ApiRequest history =
                    ApiRequest.get("/events?since=0&" + endParameter() + "&filters=" + ApiRequest.escaped(filters));
            engine.documents(history, Event.class)
                    .forEach(event -> EngineEvents.of(event).ifPresent(events::add));
            return events;
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the engine's events", refused.refusal().sentence());
        }
    }

    /// Podman 4.3 may end before its first event when the time to end at has come already, and it alone knows
    /// `stream`.
    private String endParameter() throws EngineException, RefusedException {
        return engine.isPodman() ? "stream=false" : "until=" + engineTime();
    }

    /// Seconds and nanoseconds by the engine's clock: with another machine's, the newest events would be left out or
    /// waited for.
    private String engineTime() throws EngineException, RefusedException {
        String systemTime = engine.get("/info").path("SystemTime").asText();
        try {
            Instant now = OffsetDateTime.parse(systemTime).toInstant();
            return "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
        } catch (DateTimeParseException e) {
            throw new EngineException("read the engine's clock", "it says \"" + systemTime + "\"", e);
        }
    }

    public Map<Id, ContainerSize> sizes() throws EngineException {
        try {
            Map<Id, ContainerSize> sizes = new HashMap<>();
            for (JsonNode container : engine.get("/containers/json?all=1&size=1")) {
                sizes.put(
                        JsonValues.id(container.path("Id").asText()),
                        new ContainerSize(
                                container.path("SizeRw").asLong(),
                                container.path("SizeRootFs").asLong()));
            }
            return sizes;
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the sizes of containers", refused.refusal().sentence());
        }
    }

    /// @param found the container's inspect document
    public void log(JsonNode found, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException {
        String path = "/containers/" + found.path("Id").asText() + "/logs?stdout=1&stderr=1&follow="
                + (query.follow() ? 1 : 0) + "&tail=" + (query.lines() < 0 ? "all" : query.lines());
        engine.log(path, found.at("/Config/Tty").asBoolean(), out, err);
    }
}
