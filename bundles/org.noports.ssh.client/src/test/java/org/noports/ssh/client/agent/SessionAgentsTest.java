package org.noports.ssh.client.agent;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.StoreFailed;
import org.noports.testkit.Eventually;

public class SessionAgentsTest {
  private static final byte[] BLOB = Base64.getDecoder().decode(FixedKey.PUBLIC);

  /** Of a key that lives as long as its connection. */
  private static final CompletableFuture<Void> STANDS = new CompletableFuture<>();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SessionAgents agents = new SessionAgents(threads);
  private Path folder;
  private Path socket;

  /** A socket's path is short, so it cannot be below the build's folder. */
  @Before
  public void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("/tmp"), "agents");
    socket = folder.resolve("ssh/one");
  }

  @After
  public void stop() throws IOException {
    agents.close();
    threads.shutdownNow();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socket.getParent());
    Files.delete(folder);
  }

  private static SessionKey key() throws ProtocolViolation {
    return SessionKey.read(FixedKey.file());
  }

  /** Asks as ssh does. */
  private byte[] ask(byte[] message) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
      out.writeInt(message.length);
      out.write(message);
      out.flush();
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      return in.readNBytes(in.readInt());
    }
  }

  private int keys() throws IOException {
    ByteBuffer answer = ByteBuffer.wrap(ask(new byte[] {11}));
    assertEquals(12, answer.get());
    return answer.getInt();
  }

  @Test
  public void signsWithTheKeyAsTheServerExpectsIt() throws Exception {
    agents.offer(socket, key(), STANDS);
    byte[] data = "what ssh has signed".getBytes();
    byte[] question = AgentWire.joined(BLOB, data);
    byte[] answer =
        ask(ByteBuffer.allocate(1 + question.length + 4).put((byte) 13).put(question).array());
    assertEquals(14, answer[0]);
    byte[] ssh = Arrays.copyOfRange(answer, 5, answer.length);
    assertArrayEquals(
        AgentWire.joined("ssh-ed25519".getBytes(), Arrays.copyOfRange(ssh, 19, ssh.length)), ssh);
    Signature check = Signature.getInstance("Ed25519");
    byte[] encoded =
        Base64.getDecoder()
            .decode(
                "MCowBQYDK2VwAyEA"
                    + Base64.getEncoder()
                        .encodeToString(Arrays.copyOfRange(BLOB, BLOB.length - 32, BLOB.length)));
    check.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    check.update(data);
    assertTrue(check.verify(ssh, 19, ssh.length - 19));
  }

  @Test
  public void refusesWhatItIsNotFor() throws Exception {
    agents.offer(socket, key(), STANDS);
    assertArrayEquals(new byte[] {5}, ask(new byte[] {17, 1, 2, 3}));
    assertArrayEquals(new byte[] {5}, ask(new byte[] {13, 0, 0, 0, 9}));
    assertEquals(1, keys());
  }

  @Test
  public void aSocketIsItsOwnersAloneAndThereAsLongAsOneOfItsKeys() throws Exception {
    SessionAgents.Offered first = agents.offer(socket, key(), STANDS);
    SessionAgents.Offered second = agents.offer(socket, key(), STANDS);
    assertEquals("rwx------", rights(socket.getParent()));
    assertEquals("rw-------", rights(socket));
    assertEquals(2, keys());
    first.close();
    assertEquals(1, keys());
    second.close();
    assertFalse(Files.exists(socket));
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void makeOurFolder() throws IOException {
    Files.createDirectory(
        socket.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private ServerSocketChannel bound() throws IOException {
    makeOurFolder();
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  private String refused() throws ProtocolViolation {
    SessionKey key = key();
    return assertThrows(StoreFailed.class, () -> agents.offer(socket, key, STANDS)).getMessage();
  }

  @Test
  public void aSocketThatAKilledInstanceHasLeftIsReplaced() throws Exception {
    bound().close();
    assertTrue(Files.exists(socket));
    agents.offer(socket, key(), STANDS);
    assertEquals(1, keys());
  }

  @Test
  public void aFileThatStandsThereStays() throws Exception {
    makeOurFolder();
    Files.writeString(socket, "a key of the person's");
    String failure = refused();
    assertTrue(failure, failure.contains("stays as it is"));
    assertEquals("a key of the person's", Files.readString(socket));
  }

  @Test
  public void theSocketOfAnotherInstanceStays() throws Exception {
    try (ServerSocketChannel other = bound()) {
      String failure = refused();
      assertTrue(failure, failure.contains("another instance or agent listens there"));
      try (SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        assertTrue(caller.isConnected());
      }
    }
  }

  @Test
  public void whatTookTheSocketsPlaceStaysWhenTheLastKeyGoes() throws Exception {
    SessionAgents.Offered offered = agents.offer(socket, key(), STANDS);
    Files.delete(socket);
    Files.writeString(socket, "another's");
    offered.close();
    assertEquals("another's", Files.readString(socket));
  }

  @Test
  public void theNewestKeyIsOfferedFirstAndOneWhoseLifeIsOverNotAtAll() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    for (int number = 1; number <= 7; number++) {
      agents.offer(socket, SessionKey.read(FixedKey.numbered(number)), number < 4 ? over : STANDS);
    }
    byte[] all = ask(new byte[] {11});
    assertEquals(7, all[5 + Integer.BYTES + BLOB.length - 1]);
    over.complete(null);
    Eventually.holds(() -> keys() == 4);
  }

  @Test
  public void aSocketWhoseListenerEndedIsOpenedAgainForTheNextKey() throws Exception {
    Set<Thread> listeners = ConcurrentHashMap.newKeySet();
    Executor seen =
        work ->
            threads.execute(
                () -> {
                  listeners.add(Thread.currentThread());
                  work.run();
                });
    try (SessionAgents cut = new SessionAgents(seen)) {
      cut.offer(socket, key(), STANDS);
      Eventually.holds(() -> !listeners.isEmpty());
      listeners.forEach(Thread::interrupt);
      Eventually.holds(() -> !Files.exists(socket));
      cut.offer(socket, key(), STANDS);
      assertEquals(1, keys());
    }
  }

  @Test(timeout = 60_000)
  public void aCallerThatCannotBeServedIsNotTheEndOfTheOthers() throws Exception {
    AtomicInteger works = new AtomicInteger();
    Executor scarce =
        work -> {
          if (works.incrementAndGet() == 2) {
            throw new RejectedExecutionException("no thread for it");
          }
          threads.execute(work);
        };
    try (SessionAgents tried = new SessionAgents(scarce)) {
      tried.offer(socket, key(), STANDS);
      assertThrows(IOException.class, this::keys);
      assertEquals(1, keys());
    }
  }

  @Test
  public void theFarSideThatSshLendsItsAgentIsHungUpOn() throws Exception {
    agents.offer(socket, key(), STANDS);
    byte[] words = AgentWire.joined("session-bind@openssh.com".getBytes(), BLOB);
    byte[] rest = AgentWire.joined("session".getBytes(), "signature".getBytes());
    for (byte lent : new byte[] {0, 1}) {
      byte[] binding =
          ByteBuffer.allocate(1 + words.length + rest.length + 1)
              .put((byte) 27)
              .put(words)
              .put(rest)
              .put(lent)
              .array();
      if (lent == 0) {
        assertArrayEquals(new byte[] {5}, ask(binding));
      } else {
        assertThrows(IOException.class, () -> ask(binding));
      }
    }
  }

  @Test
  public void aFolderThatOthersEnterIsRefusedByName() throws Exception {
    Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    SessionKey key = key();
    StoreFailed failure = assertThrows(StoreFailed.class, () -> agents.offer(socket, key, STANDS));
    assertTrue(failure.getMessage(), failure.getMessage().contains("chmod 700"));
    assertThrows(IllegalStateException.class, () -> key.sign(new byte[1]));
  }

  @Test
  public void whatIsNoKeyIsSaidWithoutQuotingIt() {
    for (String text : new String[] {"", "-----BEGIN OPENSSH PRIVATE KEY-----", "secret words"}) {
      ProtocolViolation failure =
          assertThrows(ProtocolViolation.class, () -> SessionKey.read(text.getBytes()));
      assertFalse(failure.getMessage().contains("secret"));
    }
    byte[] cut = Arrays.copyOf(FixedKey.file(), 120);
    assertThrows(ProtocolViolation.class, () -> SessionKey.read(cut));
  }
}
