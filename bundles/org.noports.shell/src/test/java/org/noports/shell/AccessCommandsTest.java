package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Session;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.access.AccessRequests;
import org.noports.api.access.AccessWish;
import org.noports.api.access.TimedAccess;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What a person sees of access for a time. */
public class AccessCommandsTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final CompletableFuture<Instant> granted = new CompletableFuture<>();

  @Before
  public void look() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @After
  public void lookAway() {
    System.setErr(before);
  }

  private static AccessWish wish(String client) {
    return new AccessWish(
        "0".repeat(32),
        AtSign.of(client),
        new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
        Target.of("localhost:22"),
        Duration.ofHours(1),
        "the pump does not start");
  }

  /** Every request waits at once, and is decided when the test says so. */
  private CompletableFuture<AccessRequests.Asked> waits() {
    return CompletableFuture.completedFuture(new AccessRequests.Asked(wish("@alice"), granted));
  }

  private void run(NoPortsAction command) throws Exception {
    AccessRequests requests = (self, device, target, length, reason) -> waits();
    put(
        command,
        "context",
        fake(
            BundleContext.class,
            (name, arguments) ->
                name.equals("getService")
                    ? requests
                    : fake(ServiceReference.class, (any, none) -> null)));
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    put(
        command,
        "session",
        fake(Session.class, (name, arguments) -> name.equals("getConsole") ? out : null));
    command.execute();
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  private static void put(NoPortsAction command, String field, Object value) throws Exception {
    Field one = NoPortsAction.class.getDeclaredField(field);
    one.setAccessible(true);
    one.set(command, value);
  }

  private static AccessRequestCommand request(String... more) throws Exception {
    AccessRequestCommand command = new AccessRequestCommand();
    Field words = AccessRequestCommand.class.getDeclaredField("words");
    words.setAccessible(true);
    List<String> all =
        List.of("dev1@device", "--to", "localhost:22", "--reason", "the pump", "--from", "@alice");
    words.set(command, Stream.concat(all.stream(), List.of(more).stream()).toList());
    return command;
  }

  @Test
  public void whoeverDoesNotWaitListensNoLonger() throws Exception {
    run(request("-b"));
    assertThat(shown.toString(StandardCharsets.UTF_8), is("0".repeat(32) + "\n"));
    assertThat(granted.isCancelled(), is(true));
  }

  @Test
  public void whatADeviceSaysSteersNoTerminal() throws Exception {
    granted.completeExceptionally(new SessionRefused("no\u001b[2J\u202ey\u009b"));
    run(request());
    assertThat(errors.toString(StandardCharsets.UTF_8), containsString("noports: no?[2J?y?"));
  }

  @Test
  public void aRequestIsOneLineThatReadsAsItIsWritten() {
    TimedAccess access =
        new TimedAccess(wish("@ali\u202e\u009b2kce"), Instant.EPOCH, Optional.empty());
    assertThat(
        AccessRequestsCommand.line(access),
        is(
            "0".repeat(32)
                + "  waits  @ali  2kce  dev1@device localhost:22  for 3600 s"
                + "  asked 1970-01-01T00:00:00Z  the pump does not start"));
  }
}
