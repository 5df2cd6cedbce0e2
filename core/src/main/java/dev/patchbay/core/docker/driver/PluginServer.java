package dev.patchbay.core.docker.driver;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Answers HTTP requests on a socket that only its owner can open. Only this class uses the server
/// library.
final class PluginServer implements AutoCloseable {
    /// Docker's media type for the JSON of plugins.
    private static final String TYPE = "application/vnd.docker.plugins.v1.2+json";

    private static final int THREADS = 8;

    /// Kept in a field, because a logger that is garbage collected loses its level. It would log each
    /// start and stop.
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.jetty");

    private final Server server;

    private PluginServer(Server server) {
        this.server = server;
    }

    /// @param answers maps path and body of a request to the body of the answer; empty for an unknown
    ///     path. Called by several threads at once
    static PluginServer open(Path socket, BiFunction<String, String, Optional<String>> answers) throws EngineException {
        LIBRARY.setLevel(Level.WARNING);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("driver");
        threads.setDaemon(true);
        Server server = new Server(threads);
        UnixDomainServerConnector connector =
                new UnixDomainServerConnector(server, 1, 1, new HostlessConnectionFactory());
        connector.setUnixDomainPath(socket);
        server.addConnector(connector);
        server.setHandler(new PluginHandler(answers));
        try {
            server.start();
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (Exception e) {
            throw new EngineException("listen on " + socket, String.valueOf(e.getMessage()), e);
        }
        return new PluginServer(server);
    }

    private static final class PluginHandler extends Handler.Abstract {
        private final BiFunction<String, String, Optional<String>> answers;

        private PluginHandler(BiFunction<String, String, Optional<String>> answers) {
            this.answers = answers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String body = Content.Source.asString(request, StandardCharsets.UTF_8);
            Optional<String> answer = answers.apply(Request.getPathInContext(request), body);
            if (answer.isPresent()) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
                Content.Sink.write(response, true, answer.get(), callback);
            } else {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
            return true;
        }
    }

    /// Accepts requests without a Host header, as RFC 9112 allows and engines before 24 send them; the
    /// library refuses an empty one.
    private static final class HostlessConnectionFactory extends HttpConnectionFactory {
        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            HttpConnection connection = new HttpConnection(getHttpConfiguration(), connector, endPoint) {
                @Override
                protected RequestHandler newRequestHandler() {
                    return new RequestHandler() {
                        @Override
                        public void parsedHeader(HttpField field) {
                            boolean blank = field.getHeader() == HttpHeader.HOST
                                    && field.getValue().isBlank();
                            super.parsedHeader(blank ? new HostPortHttpField("localhost") : field);
                        }
                    };
                }
            };
            return configure(connection, connector, endPoint);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
