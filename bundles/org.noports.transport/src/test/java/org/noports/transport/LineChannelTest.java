package org.noports.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;

/** A line port that answers as an atServer does: the line in capitals, then a prompt. */
public class LineChannelTest {
  private static final LineLimits LIMITS =
      new LineLimits(100, Duration.ofSeconds(5), Duration.ofSeconds(5));

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private EventLoops loops;
  private LinePort port;

  @Before
  public void startLoops() {
    loops = EventLoops.start("line-test", 2);
  }

  @After
  public void closeAll() {
    loops.close();
  }

  private static Path file(String name) {
    return Path.of(LineChannelTest.class.getResource("/tls/" + name).getPath());
  }

  private static TlsServer tls(String name) throws IOException {
    return TlsServer.of(new TlsIdentity(file(name + ".pem"), file(name + ".key")));
  }

  private static TlsClient client() throws IOException {
    return TlsClient.trusting(new TlsTrust(List.of(file("ca.pem").getParent())));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  public void whatWasNotALineYetIsGivenBackWhereNobodyTellsOfTheEnd() {
    BlockingQueue<Optional<IOException>> over = new LinkedBlockingQueue<>();
    LineReader reader =
        new LineReader() {
          @Override
          public CompletionStage<Void> line(String line) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void closed(Optional<IOException> failure) {
            over.add(failure);
          }
        };
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.pipeline().addLast(new LineHandler(reader, () -> {}, 100));
    ByteBuf half = Unpooled.copiedBuffer("half a li", UTF_8);
    channel.writeInbound(half);
    assertEquals(1, half.refCnt());
    channel.pipeline().remove(LineHandler.class);
    assertEquals(0, half.refCnt());
    channel.close();
    assertEquals(List.of(Optional.empty()), List.copyOf(over));
  }

  private void serve(Optional<TlsServer> tls) throws Exception {
    var anywhere = new InetSocketAddress("127.0.0.1", 0);
    port = get(LinePort.bind(loops, anywhere, tls, LIMITS, Shouting::new));
  }

  private HostPort address() {
    return new HostPort("localhost", port.address().getPort());
  }

  private CompletableFuture<LineChannel> connect(Optional<TlsClient> tls) {
    return LineChannel.connect(loops, address(), tls, LIMITS, Hearing::new);
  }

  private String next() throws InterruptedException {
    return heard.poll(60, TimeUnit.SECONDS);
  }

  @Test
  public void exchangesLinesAndPromptsOverTls() throws Exception {
    serve(Optional.of(tls("localhost")));
    LineChannel channel = get(connect(Optional.of(client())));
    assertEquals("prompt @", next());
    get(channel.send("scan\r\n"));
    assertEquals("line @data:SCAN", next());
    assertEquals("prompt @", next());
    assertTrue(channel.peerCertificate().isPresent());
    channel.close();
    assertEquals("closed", next());
  }

  @Test
  public void answersAndThenEndsInTheSameWayWhenTheClientHasEndedItsOutput() throws Exception {
    serve(Optional.of(tls("localhost")));
    var handshaken = new CompletableFuture<Void>();
    Channel socket = get(loops.dial(address(), Duration.ofSeconds(5)));
    SslHandler tls = client().handler(socket.alloc(), address());
    socket.pipeline().addLast(tls, new Recording(heard));
    tls.handshakeFuture().addListener(done -> handshaken.complete(null));
    socket.config().setAutoRead(true);
    get(handshaken);
    assertEquals("received @", next());
    socket.writeAndFlush(Unpooled.copiedBuffer("lookup:publickey@alice\n", UTF_8));
    tls.closeOutbound();
    // The closing alert arrives long before the answer is ready.
    gate.completeAsync(() -> null, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    assertEquals("received data:LOOKUP:PUBLICKEY@ALICE\n@", next());
    assertEquals("SslCloseCompletionEvent(SUCCESS)", next());
    assertEquals("FIN", next());
  }

  /** What a TLS client sees, in order. */
  private static final class Recording extends ChannelInboundHandlerAdapter {
    private final BlockingQueue<String> seen;

    Recording(BlockingQueue<String> seen) {
      this.seen = seen;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      seen.add("received " + ((ByteBuf) message).toString(UTF_8));
      ((ByteBuf) message).release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslCloseCompletionEvent) {
        seen.add(event.toString());
      } else if (event instanceof ChannelInputShutdownEvent) {
        seen.add("FIN");
      }
    }
  }

  private SSLSocket jdkSocket(String protocol) throws Exception {
    var trust = new TlsTrust(List.of(file("ca.pem"))).load();
    SSLContext context = SSLContext.getInstance(protocol);
    context.init(null, new TrustManager[] {trust}, null);
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port.address().getPort());
    socket.setSoTimeout(60_000);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  @Test
  public void speaksTls12WhereTheClientKnowsNoNewer() throws Exception {
    gate.complete(null);
    serve(Optional.of(tls("localhost")));
    try (SSLSocket socket = jdkSocket("TLSv1.2")) {
      assertEquals('@', socket.getInputStream().read());
      socket.getOutputStream().write("noop:0\n".getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readNBytes(13);
      assertEquals("data:NOOP:0\n@", new String(answer, UTF_8));
    }
  }

  @Test
  public void refusesACertificateForAnotherHost() throws Exception {
    serve(Optional.of(tls("other")));
    var failure = assertThrows(ExecutionException.class, () -> get(connect(Optional.of(client()))));
    assertThat(failure.getCause(), instanceOf(IOException.class));
    assertThat(failure.getCause().getCause(), instanceOf(SSLException.class));
    assertThat(failure.getCause().getMessage(), containsString(address().toString()));
    assertThat(failure.getCause().getMessage(), containsString("localhost"));
  }

  @Test
  public void refusesACertificateByAnUnknownCaAndSaysWhatToDo() throws Exception {
    serve(Optional.of(tls("localhost")));
    TlsClient ofJdk = TlsClient.trusting(TlsTrust.ofJdk());
    var failure = assertThrows(ExecutionException.class, () -> get(connect(Optional.of(ofJdk))));
    assertThat(failure.getCause().getMessage(), containsString("which is not trusted here"));
  }

  @Test
  public void handsOutOneLineAtATimeHoweverManyArriveTogether() throws Exception {
    serve(Optional.empty());
    try (Socket socket = new Socket("127.0.0.1", port.address().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("a\nb\nc\n".getBytes(UTF_8));
      socket.shutdownOutput();
      assertEquals("begun a", next());
      gate.complete(null);
      assertEquals("begun b", next());
      assertEquals("begun c", next());
      byte[] all = socket.getInputStream().readAllBytes();
      assertEquals("@data:A\n@data:B\n@data:C\n@", new String(all, UTF_8));
    }
  }

  @Test
  public void answersALineThatIsTooLongBeforeItCloses() throws Exception {
    serve(Optional.empty());
    assertEquals("@error:the line is longer than 100 bytes\n", reply("x".repeat(101)));
  }

  @Test
  public void answersBytesThatAreNotUtf8BeforeItCloses() throws Exception {
    serve(Optional.empty());
    assertEquals("@error:the line is not UTF-8\n", reply("\u00ff\n"));
  }

  private String reply(String latin) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port.address().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(latin.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  public void namesTheKeyFileThatHoldsNoKey() {
    var wrong = new TlsIdentity(file("localhost.pem"), file("ca.pem"));
    var failure = assertThrows(IOException.class, () -> TlsServer.of(wrong));
    assertThat(failure.getMessage(), containsString("ca.pem"));
    assertThat(failure.getMessage(), containsString("PKCS#8"));
  }

  @Test
  public void namesThePortThatIsInUse() throws Exception {
    serve(Optional.empty());
    var failure =
        assertThrows(
            ExecutionException.class,
            () ->
                get(LinePort.bind(loops, port.address(), Optional.empty(), LIMITS, Shouting::new)));
    assertThat(failure.getCause().getMessage(), containsString("" + port.address().getPort()));
  }

  @Test
  public void readsItsFilesAgainWhenTold() throws Exception {
    TlsServer server = tls("localhost");
    server.reload();
    serve(Optional.of(server));
    assertArrayEquals(
        new String[] {"TLSv1.3", "TLSv1.2"},
        server.handler(ByteBufAllocator.DEFAULT).engine().getEnabledProtocols());
  }

  /** The accepting side. */
  private final class Shouting implements LineReader {
    private final LineChannel channel;

    Shouting(LineChannel channel) {
      this.channel = channel;
      channel.send("@");
    }

    @Override
    public CompletionStage<Void> line(String line) {
      if (line.length() == 1) {
        heard.add("begun " + line);
      }
      String answer = "data:" + line.toUpperCase(java.util.Locale.ROOT) + "\n@";
      return line.equals("scan")
          ? channel.send(answer)
          : gate.thenCompose(v -> channel.send(answer));
    }

    @Override
    public CompletionStage<Void> unreadable(String why) {
      return channel.send("error:" + why + "\n");
    }

    @Override
    public void closed(Optional<IOException> failure) {
      // Nothing to give back.
    }
  }

  /** The connecting side. */
  private final class Hearing implements LineReader {
    Hearing(LineChannel channel) {
      assertTrue(channel.remote() instanceof InetSocketAddress);
    }

    @Override
    public CompletionStage<Void> line(String line) {
      heard.add("line " + line);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void unfinished(String text) {
      heard.add("prompt " + text);
    }

    @Override
    public void closed(Optional<IOException> failure) {
      heard.add(failure.map(e -> "failed " + e.getMessage()).orElse("closed"));
    }
  }
}
