package com.example.opa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.rules.ExternalResource;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * Behaves as OPA's REST API says of its Data API: {@code POST /v1/data/<path>} with {@code
 * {"input": …}} is answered by 200 and {@code {"result": …}}, without {@code result} where the
 * document is undefined, and by 400 if the text is no JSON. Its one policy lets @alice go to port
 * 22.
 */
final class StandIn extends ExternalResource {
  /** The contract asks many questions at once, each on a connection of its own. */
  private static final int BACKLOG = 256;

  final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;

  @Override
  protected void before() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  @Override
  protected void after() {
    over.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + text);
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/v1/data/noports/decision" -> answer(exchange, 200, result(text));
        case "/v1/data/noports/duties" ->
            answer(
                exchange,
                200,
                "{\"decision_id\":\"7\",\"result\":{\"allow\":true,\"rule\":\"night\","
                    + "\"max_session\":\"1h\",\"require\":\"pq-secrecy\"}}");
        case "/v1/data/noports/reason" ->
            answer(exchange, 200, "{\"result\":{\"allow\":false,\"reason\":\"not at night\"}}");
        case "/v1/data/noports/unknown" ->
            answer(exchange, 200, "{\"result\":{\"allow\":true,\"watched_by\":\"@carol\"}}");
        case "/v1/data/noports/text" -> answer(exchange, 200, "{\"result\":\"yes\"}");
        case "/v1/data/noports/nojson" -> answer(exchange, 200, "true");
        case "/v1/data/noports/long" ->
            answer(exchange, 200, "{\"result\":true,\"a\":\"" + "x".repeat(70_000) + "\"}");
        case "/v1/data/noports/moved" -> {
          exchange.getResponseHeaders().add("Location", url() + "/v1/data/noports/duties");
          answer(exchange, 307, "");
        }
        case "/v1/data/noports/broken" ->
            answer(exchange, 500, "{\"code\":\"internal_error\",\"message\":\"eval_conflict\"}");
        case "/v1/data/noports/never" -> hang();
        case "/v1/data/noports/half" -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("{\"result\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          hang();
        }
        default -> answer(exchange, 200, "{}");
      }
    }
  }

  private static String result(String text) {
    try {
      JsonObject input = JsonObject.parse("a question", text).requireObject("input");
      JsonObject request = input.requireObject("request");
      boolean allowed =
          input.requireText("client").equals("@alice")
              && request.has("port")
              && request.requireWhole("port") == 22;
      return "{\"result\":" + allowed + "}";
    } catch (ProtocolViolation e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private void hang() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
