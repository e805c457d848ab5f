package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.Target;
import org.noports.api.audit.AuditEvent;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.recording.RecordingForm;

/** Who has to be recorded is, or does nothing. */
public class RecordedSessionTest {
  private static final byte[] SEED = "0123456789abcdef0123456789abcdef".getBytes();
  private static final int REFUSED = 126;

  private static final StreamGate RECORDS =
      new StreamGate() {
        @Override
        public CompletionStage<Answer> admit(StreamRequest request) {
          return StreamGate.none().admit(request);
        }

        @Override
        public boolean records() {
          return true;
        }
      };

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final CipherCatalogue ciphers = RecordingCiphers.catalogue();
  private final Map<String, Object> set = new HashMap<>();
  private final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
  private final Screen screen = new Screen();
  private final Screen errors = new Screen();
  private BuiltInSshServer server;
  private OverStreams client;
  private Path recordings;

  @Before
  public void start() throws Exception {
    Path root = folder.getRoot().toPath();
    recordings = root.resolve("recordings");
    try (KeyShare share = share()) {
      Files.writeString(
          root.resolve("auditor.pub"),
          "x-wing " + Base64.getEncoder().encodeToString(share.publicKey()) + "\n");
    }
    set.put("hostKey", root.resolve("host-key").toString());
    set.put("auditorKey", root.resolve("auditor.pub").toString());
    set.put("recordings", recordings.toString());
    set.put("recordingFreeBytes", 0L);
    server = new BuiltInSshServer();
    server.bindCiphers(ciphers);
    server.bindAudit(audited::add);
    server.configure(TestConfiguration.of(set));
    client = new OverStreams(RejectAllForwardingFilter.INSTANCE);
  }

  @After
  public void stop() {
    client.close();
    server.stop();
  }

  private KeyShare share() throws Exception {
    return ciphers.keyAgreement("x-wing").restore(Secret.copyOf(SEED));
  }

  private int run(ClientSession session, String command, String input) throws Exception {
    try (ChannelExec channel = session.createExecChannel(command)) {
      channel.setOut(screen);
      channel.setErr(errors);
      channel.open().verify(OverStreams.LIMIT);
      OutputStream in = channel.getInvertedIn();
      in.write(input.getBytes(StandardCharsets.UTF_8));
      in.close();
      return status(channel);
    }
  }

  private static int status(ClientChannel channel) {
    channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), OverStreams.LIMIT);
    return channel.getExitStatus();
  }

  @Test
  public void aCommandIsRecordedWithWhatItReadAndSaid() throws Exception {
    ClientSession session = client.connect(server, RECORDS);
    assertThat(run(session, "cat; echo wr\u00f6ng >&2; exit 3", "gr\u00fcn"), equalTo(3));
    assertThat(screen.text(), equalTo("gr\u00fcn"));
    assertThat(
        audited.stream().map(AuditEvent::event).toList(),
        equalTo(List.of("ssh-key-exchange", "ssh-recording")));
    assertThat(audited.get(0).details().get("exchange"), containsString("25519"));
    assertThat(audited.get(1).details().get("file"), equalTo(only().getFileName().toString()));
    List<String> cast = opened(only());
    JsonObject header = JsonObject.parse("header", cast.get(0));
    assertThat(header.requireWhole("version"), equalTo(2L));
    assertThat(header.requireText("command"), equalTo("cat; echo wr\u00f6ng >&2; exit 3"));
    assertThat(header.requireText("title"), containsString("@alice on dev1@device"));
    assertThat(cast, hasItem(containsString("\"i\",\"gr\u00fcn\"")));
    assertThat(cast, hasItem(containsString("\"o\",\"gr\u00fcn\"")));
    assertThat(cast, hasItem(containsString("wr\u00f6ng")));
    assertThat(Files.readString(only(), StandardCharsets.ISO_8859_1), not(containsString("gr")));
  }

  @Test
  public void aTerminalIsRecordedWithItsSize() throws Exception {
    ClientSession session = client.connect(server, RECORDS);
    try (ChannelShell shell = session.createShellChannel()) {
      shell.setPtyColumns(101);
      shell.setPtyLines(33);
      shell.setOut(screen);
      shell.open().verify(OverStreams.LIMIT);
      shell.getInvertedIn().write("echo so\"me\"thing\n".getBytes());
      shell.getInvertedIn().flush();
      screen.awaitText("something");
      shell.sendWindowChange(120, 40);
      shell.getInvertedIn().write("exit\n".getBytes());
      shell.getInvertedIn().flush();
      assertThat(status(shell), equalTo(0));
    }
    List<String> cast = opened(only());
    assertThat(
        cast.get(0), allOf(containsString("\"width\":101"), containsString("\"height\":33")));
    assertThat(cast, hasItem(containsString("something")));
    assertThat(cast, hasItem(containsString("\"r\",\"120x40\"")));
    for (String line : cast.subList(1, cast.size())) {
      assertThat(
          JsonArray.parse("event", line).items().get(0) instanceof JsonValue.Number, equalTo(true));
    }
  }

  @Test
  public void whatIsTooLongForItsRecordingEndsAndSaysWhy() throws Exception {
    set.put("maxRecordingBytes", 65_536L);
    server.configure(TestConfiguration.of(set));
    ClientSession session = client.connect(server, RECORDS);
    assertThat(
        run(session, "head -c 10000000 /dev/zero | tr '\\0' x; exec sleep 1000", ""),
        equalTo(REFUSED));
    assertThat(errors.text(), containsString("maxRecordingBytes = 65536"));
    assertThat(screen.text().length() < 200_000, equalTo(true));
    assertThat(Files.size(only()) <= 65_536, equalTo(true));
  }

  @Test
  public void aFullDiskLetsNothingRunAndSaysWhy() throws Exception {
    set.put("recordingFreeBytes", Long.MAX_VALUE);
    server.configure(TestConfiguration.of(set));
    ClientSession session = client.connect(server, RECORDS);
    assertThat(run(session, "echo ran", ""), equalTo(REFUSED));
    assertThat(errors.text(), containsString("recordingFreeBytes"));
    assertThat(audited.get(1).event(), equalTo("ssh-recording-failed"));
    assertThat(screen.text(), equalTo(""));
    assertThat(server.whyNotRecorded(Target.of("service:ssh")).isPresent(), equalTo(true));
  }

  @Test
  public void withoutAnAuditorNothingRunsForWhomHasToBeRecordedAndAllForOthers() throws Exception {
    set.put("auditorKey", "");
    server.configure(TestConfiguration.of(set));
    assertThat(run(client.connect(server, RECORDS), "echo ran", ""), equalTo(REFUSED));
    assertThat(errors.text(), containsString("auditorKey"));
    assertThat(run(client.connect(server, StreamGate.none()), "echo ran", ""), equalTo(0));
    assertThat(screen.text(), equalTo("ran\n"));
  }

  @Test
  public void filesAreNotForWhomHasToBeRecorded() throws Exception {
    set.put("sftpRoot", folder.newFolder("files").toString());
    server.configure(TestConfiguration.of(set));
    ClientSession session = client.connect(server, RECORDS);
    assertThrows(
        IOException.class, () -> SftpClientFactory.instance().createSftpClient(session).close());
  }

  @Test
  public void onlyTheServerItselfRecords() {
    assertThat(server.whyNotRecorded(Target.of("service:ssh")), equalTo(Optional.empty()));
    assertThat(
        server.whyNotRecorded(Target.of("localhost:22")).orElseThrow(),
        containsString("localhost:22"));
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(recordings)) {
      List<Path> all = files.toList();
      assertThat(all.toString(), all.size(), equalTo(1));
      return all.get(0);
    }
  }

  /** Opens one as docs/protocol/recording.md has it; the last piece must be there. */
  private List<String> opened(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    RecordingForm form = RecordingForm.read(bytes);
    StringBuilder all = new StringBuilder();
    try (KeyShare share = share();
        Secret shared = share.open(form.encapsulated());
        Secret key = form.key(ciphers.keyDerivation("sha256"), shared, 32);
        RecordOpen pieces = ciphers.recordCipher("aes256gcm").opening(key)) {
      for (long number = 0; bytes.hasRemaining(); number++) {
        byte[] sealed = new byte[bytes.getInt()];
        bytes.get(sealed);
        all.append(piece(pieces, RecordingForm.nonce(number, !bytes.hasRemaining()), sealed));
      }
    }
    return new ArrayList<>(Arrays.asList(all.toString().split("\n")));
  }

  private static String piece(RecordOpen pieces, byte[] nonce, byte[] sealed)
      throws ProtocolViolation {
    ByteBuffer clear = ByteBuffer.allocate(sealed.length);
    pieces.open(nonce, ByteBuffer.allocate(0), ByteBuffer.wrap(sealed), clear);
    return new String(clear.array(), 0, clear.position(), StandardCharsets.UTF_8);
  }
}
