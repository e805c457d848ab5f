package org.noports.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.network.Route;
import org.noports.api.network.Route.Protocol;
import org.noports.api.stream.ByteStream;

/** Each proxy here is a script: what it must be told, and what it answers, byte for byte. */
public class ProxyDialTest {
  /** Looked up anywhere, this name would be an error. */
  private static final HostPort TARGET = new HostPort("hub.invalid", 6464);

  private static final String ASKED =
      "CONNECT hub.invalid:6464 HTTP/1.1\r\nHost: hub.invalid:6464\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WayOut wayOut = new WayOut();
  private final EventLoops loops = EventLoops.start("proxy-test", 1, wayOut);

  @After
  public void stop() {
    loops.close();
  }

  @Test
  public void connectNamesTheTargetAndWhatItSaysFirstIsNotLost() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.of(
            bytes(ASKED + "\r\n"), bytes("HTTP/1.1 200 Fine\r\nVia: x\r\n\r\n@hello"))) {
      assertThat(
          firstOf(dial(Protocol.HTTP, proxy, "").get(60, TimeUnit.SECONDS), 6), is("@hello"));
      proxy.assertPlayed();
    }
  }

  @Test
  public void connectSaysWhoWeAreByBasicAuthentication() throws Exception {
    String header = "Proxy-Authorization: Basic YWxpOnPDqXNhbWU=\r\n";
    try (ScriptedProxy proxy =
        ScriptedProxy.of(bytes(ASKED + header + "\r\n"), bytes("HTTP/1.0 200 OK\r\n\r\n"))) {
      dial(Protocol.HTTP, proxy, "s\u00e9same").get(60, TimeUnit.SECONDS).close();
      proxy.assertPlayed();
    }
  }

  @Test
  public void refusalsOfConnectAreNamed() throws Exception {
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", "HTTP/1.1 407 Who?\r\n\r\n"),
        containsString("asks for user and password (407); set 'user' and 'passwordFile'"));
    assertThat(
        refusal(
            Protocol.HTTP,
            "wrong",
            ASKED + "Proxy-Authorization: Basic YWxpOndyb25n\r\n\r\n",
            "HTTP/1.1 407 Who?\r\n\r\n"),
        allOf(containsString("does not accept the user 'ali'"), not(containsString("wrong"))));
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", "HTTP/1.1 403 No\r\n\r\n"),
        containsString("refuses to connect us to hub.invalid:6464 (403)"));
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", "HTTP/1.1 502 Bad\r\n\r\n"),
        containsString("cannot reach hub.invalid:6464 (502)"));
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", "HTTP/1.1 500 Oops\r\n\r\n"),
        containsString("answers CONNECT with 'HTTP/1.1 500 Oops'"));
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", "SSH-2.0-dropbear\r\n"),
        containsString("does not speak HTTP (it says 'SSH-2.0-dropbear..')"));
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", "HTTP/1.1 200 OK\r\n" + "x".repeat(20_000)),
        containsString("says too much"));
    assertThat(
        refusal(Protocol.HTTP, "", ASKED + "\r\n", ScriptedProxy.HANG_UP),
        containsString("closed the connection"));
  }

  @Test
  public void socksNamesTheTargetAndWhatItSaysFirstIsNotLost() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.of(
            hex("050100"),
            hex("0500"),
            hex("05010003" + "0b" + "6875622e696e76616c6964" + "1940"),
            hex("05000003026162" + "0001" + "4068656c6c6f"))) {
      Channel channel = dial(Protocol.SOCKS5, proxy, "").get(60, TimeUnit.SECONDS);
      assertThat(firstOf(channel, 6), is("@hello"));
      proxy.assertPlayed();
    }
  }

  @Test
  public void socksSaysWhoWeAreWhereTheProxyAsks() throws Exception {
    try (ScriptedProxy proxy =
        ScriptedProxy.of(
            hex("05020002"),
            hex("0502"),
            hex("0103" + "616c69" + "06" + "736573616d65"),
            hex("0100"),
            hex("05010003" + "0b" + "6875622e696e76616c6964" + "1940"),
            hex("050000047f000000000000000000000000000001" + "0001"))) {
      dial(Protocol.SOCKS5, proxy, "sesame").get(60, TimeUnit.SECONDS).close();
      proxy.assertPlayed();
    }
  }

  @Test
  public void addressesTravelAsAddressesInSocks() throws Exception {
    for (String[] each :
        new String[][] {{"192.0.2.1", "01c0000201"}, {"::1", "04" + "00".repeat(15) + "01"}}) {
      try (ScriptedProxy proxy =
          ScriptedProxy.of(
              hex("050100"),
              hex("0500"),
              hex("050100" + each[1] + "0016"),
              hex("05000001000000000000"))) {
        use(Protocol.SOCKS5, proxy, "");
        loops.dial(new HostPort(each[0], 22), PATIENCE).get(60, TimeUnit.SECONDS).close();
        proxy.assertPlayed();
      }
    }
  }

  @Test
  public void refusalsOfSocksAreNamed() throws Exception {
    assertThat(
        refusal(Protocol.SOCKS5, "", hex("050100"), hex("05ff")),
        containsString("asks for user and password; set 'user'"));
    assertThat(
        refusal(Protocol.SOCKS5, "x", hex("05020002"), hex("05ff")),
        containsString("accepts none of our ways"));
    assertThat(
        refusal(
            Protocol.SOCKS5, "x", hex("05020002"), hex("0502"), hex("0103616c690178"), hex("0101")),
        containsString("does not accept the user 'ali'"));
    assertThat(
        refusal(Protocol.SOCKS5, "", hex("050100"), bytes("HTTP/1.1 400 Bad\r\n\r\n")),
        containsString("does not speak SOCKS 5"));
    String[] meanings = {
      "could not connect us", "rules must allow", "no route to the network", "cannot reach",
      "nothing listens there", "no answer from", "does not know the command", "of that kind"
    };
    byte[] asked = hex("05010003" + "0b" + "6875622e696e76616c6964" + "1940");
    for (int code = 1; code <= 8; code++) {
      byte[] reply = {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0};
      assertThat(
          refusal(Protocol.SOCKS5, "", hex("050100"), hex("0500"), asked, reply),
          allOf(containsString(meanings[code - 1]), containsString("(SOCKS reply " + code + ")")));
    }
  }

  @Test
  public void anUnreachableProxyIsNamedAndTheTargetIsNotDialled() {
    HostPort nowhere = new HostPort("127.0.0.1", 1);
    wayOut.come(target -> new Route.Through(Protocol.HTTP, nowhere, Optional.empty()));
    assertThat(
        failure(loops.dial(TARGET, PATIENCE)),
        allOf(
            startsWith("Cannot connect to hub.invalid:6464: the proxy http://127.0.0.1:1"),
            containsString("nothing listens there"),
            containsString("check 'url' in org.noports.proxy.cfg")));
  }

  @Test
  public void aSilentProxyIsGivenUpInTime() throws Exception {
    try (ScriptedProxy proxy = ScriptedProxy.of(bytes(ASKED + "\r\n"))) {
      use(Protocol.HTTP, proxy, "");
      assertThat(
          failure(loops.dial(TARGET, Duration.ofMillis(300))),
          containsString("does not answer in time"));
    }
  }

  @Test
  public void untilTheSettingIsKnownADialWaitsAndNeverGoesDirectly() throws Exception {
    try (Loopback target = new Loopback(loops)) {
      assertThat(
          failure(loops.dial(target.address(), Duration.ofMillis(200))),
          containsString("start it"));
      CompletableFuture<Channel> waiting = loops.dial(target.address(), PATIENCE);
      OutgoingProxy direct = to -> Route.DIRECT;
      wayOut.come(direct);
      waiting.get(60, TimeUnit.SECONDS).close();
      wayOut.go(direct);
      assertThat(
          failure(loops.dial(target.address(), Duration.ofMillis(200))),
          containsString("start it"));
    }
  }

  @Test
  public void aClosedRouteFailsWithItsReason() {
    wayOut.come(target -> new Route.Closed("the proxy setting cannot be used"));
    assertThat(
        failure(loops.dial(TARGET, PATIENCE)),
        is("Cannot connect to hub.invalid:6464: the proxy setting cannot be used"));
  }

  private CompletableFuture<Channel> dial(Protocol protocol, ScriptedProxy proxy, String password) {
    use(protocol, proxy, password);
    return loops.dial(TARGET, PATIENCE);
  }

  private void use(Protocol protocol, ScriptedProxy proxy, String password) {
    Optional<Route.Login> login =
        password.isEmpty()
            ? Optional.empty()
            : Optional.of(new Route.Login("ali", Secret.owning(password.getBytes(UTF_8))));
    wayOut.come(target -> new Route.Through(protocol, proxy.address(), login));
  }

  private String refusal(Protocol protocol, String password, String asked, String answer)
      throws Exception {
    return refusal(protocol, password, bytes(asked), bytes(answer));
  }

  private String refusal(Protocol protocol, String password, byte[]... script) throws Exception {
    try (ScriptedProxy proxy = ScriptedProxy.of(script)) {
      String said = failure(dial(protocol, proxy, password));
      assertThat(
          said, startsWith("Cannot connect to hub.invalid:6464: the proxy " + protocol.scheme()));
      proxy.assertPlayed();
      return said;
    }
  }

  private static String failure(CompletableFuture<Channel> dial) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> dial.get(60, TimeUnit.SECONDS));
    assertThat(failed.getCause() instanceof IOException, is(true));
    return failed.getCause().getMessage();
  }

  private static String firstOf(Channel channel, int count) throws Exception {
    ByteBuffer read = ByteBuffer.allocate(count);
    ByteStream stream = ChannelStream.over(channel);
    while (read.hasRemaining()) {
      stream.read(read).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
    channel.close();
    return new String(read.array(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
