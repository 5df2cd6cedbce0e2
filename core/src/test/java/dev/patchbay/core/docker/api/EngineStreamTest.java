package dev.patchbay.core.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.AsyncDockerCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.PullResponseItem;
import com.sun.net.httpserver.HttpHandler;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineStreamTest {
    private static final String PULL = "/images/create";
    private static final String EVENT = "{\"Type\":\"network\",\"Action\":\"create\"}\n";

    private final List<String> items = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> end = new AtomicReference<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private FakeEngine server;
    private DockerEngine engine;

    @BeforeEach
    void start() throws Exception {
        server = new FakeEngine();
        engine = server.connect();
    }

    @AfterEach
    void stop() {
        held.countDown();
        engine.close();
        server.close();
    }

    private void pull() throws EngineException, RefusedException {
        engine.run(engine.commands().pullImageCmd("web:1"), this::add);
    }

    private void add(PullResponseItem item) {
        items.add(item.getStatus());
    }

    /// The connection ends without the end of the answer.
    private HttpHandler brokenAfter(String text) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    private HttpHandler heldAfter(String text) {
        return exchange -> {
            brokenAfter(text).handle(exchange);
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Test
    void everyItemComesAndThenTheEnd() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        AtomicReference<String> credentials = new AtomicReference<>();
        server.answer(PULL, exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            credentials.set(exchange.getRequestHeaders().getFirst("X-Registry-Auth"));
            FakeEngine.json(200, "{\"status\":\"one\"}\r\n{\"status\":\"two\"}\r\n")
                    .handle(exchange);
        });

        pull();
        assertThat(items).containsExactly("one", "two");
        assertThat(asked).hasValue("POST /v1.41/images/create?fromImage=web%3A1");
        assertThat(credentials).hasNullValue();

        AuthConfig auth = new AuthConfig().withIdentityToken("t").withRegistryAddress("a.example");
        engine.run(engine.commands().pullImageCmd("web:1").withAuthConfig(auth), this::add);
        assertThat(new String(Base64.getUrlDecoder().decode(credentials.get()), StandardCharsets.UTF_8))
                .isEqualTo("{\"serveraddress\":\"a.example\",\"identitytoken\":\"t\"}");
    }

    @Test
    void aRefusalIsInTheEnginesWords() {
        server.answer(PULL, FakeEngine.json(404, "{\"message\":\"no such image: web:1\"}"));
        assertThatThrownBy(this::pull).isInstanceOf(RefusedException.class).hasMessage("no such image: web:1");
        server.answer(PULL, FakeEngine.json(404, "{\"message\":\"page not found\"}"));
        assertThatThrownBy(this::pull).hasMessage("this engine has no request POST /images/create?fromImage=web%3A1");
    }

    /// Its thread ends by an error, which docker-java catches nowhere.
    private static final class DyingCommand implements AsyncDockerCmd<DyingCommand, String> {
        @Override
        public <R extends ResultCallback<String>> R exec(R callback) {
            Thread.ofPlatform().start(() -> {
                callback.onStart(() -> {});
                throw new NoClassDefFoundError("of the test");
            });
            return callback;
        }

        @Override
        public void close() {}
    }

    @Test
    void anErrorOfTheReadingThreadEndsTheWait() {
        assertThatThrownBy(() -> engine.run(new DyingCommand(), _ -> {}))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessage("of the test");
    }

    @Test
    void anAnswerThatBreaksOffIsAFailure() {
        server.answer(PULL, brokenAfter("{\"status\":\"one\"}\n{\"sta"));
        assertThatThrownBy(this::pull)
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("ask the engine at tcp://127.0.0.1:")
                .hasMessageEndingWith(": is it running?")
                .extracting(failure -> ((EngineException) failure).kind())
                .isEqualTo(EngineException.Kind.DISCONNECTED);
        assertThat(items).containsExactly("one");
    }

    @Test
    void whoTakesTheItemsMayRefuse() {
        server.answer(PULL, heldAfter("{\"status\":\"one\"}\n{\"status\":\"two\"}\n"));
        assertThatThrownBy(() -> engine.run(engine.commands().pullImageCmd("web:1"), item -> {
                    add(item);
                    throw RefusedException.of("code", "enough");
                }))
                .isInstanceOf(RefusedException.class)
                .hasMessage("enough");
        assertThat(items).containsExactly("one");
    }

    @Test
    void anErrorOfTheProgramEndsIt() throws Exception {
        server.answer("/events", heldAfter(EVENT));
        try (EngineStream<Event> events = engine.open(engine.commands().eventsCmd(), _ -> {
            throw new StackOverflowError("deep");
        })) {
            events.whenEnded(end::set);
            await().until(() -> end.get() != null);
        }
        assertThat(end.get()).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aStreamThatIsClosedEnds() throws Exception {
        server.answer("/events", heldAfter(EVENT));
        EngineStream<Event> events =
                engine.open(engine.commands().eventsCmd(), event -> items.add(String.valueOf(event.getAction())));
        events.whenEnded(end::set);
        await().until(() -> items.equals(List.of("create")));
        assertThat(end).hasNullValue();
        events.close();
        await().until(() -> end.get() != null);
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        server.answer(PULL, heldAfter("{\"status\":\"one\"}\n"));
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                pull();
            } catch (EngineException | RefusedException e) {
                end.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        await().until(() -> items.equals(List.of("one")));
        waiting.interrupt();
        waiting.join();
        assertThat(end.get()).hasMessage("wait for the engine: interrupted");
        assertThat(flag).hasValue(true);
    }
}
