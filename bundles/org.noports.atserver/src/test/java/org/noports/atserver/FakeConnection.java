package org.noports.atserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.testkit.fakes.PosingKey;

/**
 * One connection to the fake atServers: speaks the verbs as docs/protocol/atprotocol.md has them.
 */
final class FakeConnection implements Runnable {
  private static final Pattern PKAM =
      Pattern.compile(
          "pkam:signingAlgo:(rsa2048|mldsa65):hashingAlgo:sha256:(?:enrollmentId:[^:]+:)?(\\S+)");
  private static final Pattern NOTIFY =
      Pattern.compile(
          "notify:id:([^:]+):update:messageType:key:priority:low:strategy:all:latestN:1"
              + ":notifier:SYSTEM:ttln:\\d+(:.*)");
  private static final Pattern LOOKUP =
      Pattern.compile("(p?)lookup:(?:bypassCache:true:)?(all:)?([^@]+)(@.+)");

  private final FakeAtServers world;
  private final Socket socket;
  private String claimed = "";
  private String challenge = "";
  volatile String self = "";
  volatile boolean monitor;

  FakeConnection(FakeAtServers world, Socket socket) {
    this.world = world;
    this.socket = socket;
  }

  @Override
  public void run() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      write("@");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String who = self;
        String answer = world.deaf ? "" : scriptedOrTrue(line);
        // Told when it is done: a monitor that a test has seen hears what the test says next.
        world.heard.add(who + "> " + line);
        if (!answer.isEmpty()) {
          write(answer + (self.isEmpty() ? "@" : self + "@"));
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      drop();
    }
  }

  /** What the script answers does nothing else. */
  private String scriptedOrTrue(String line) throws GeneralSecurityException {
    Optional<String> scripted = world.script.apply(line);
    return scripted.isPresent() ? scripted.get() : answer(line);
  }

  synchronized void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    for (int i = 0; i < bytes.length; i += world.chunk) {
      out.write(bytes, i, Math.min(world.chunk, bytes.length - i));
      out.flush();
    }
  }

  void drop() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String answer(String line) throws GeneralSecurityException {
    String verb = line.split("[: ]", 2)[0];
    return switch (verb) {
      case "from" -> from(line.substring("from:".length()));
      case "pkam" -> pkam(line);
      case "noop" -> "data:ok\n";
      case "monitor" -> monitor(line);
      case "update" -> world.store.update(line.substring("update".length()));
      case "delete" ->
          "data:" + (world.store.values.remove(line.substring(7)) == null ? 0 : 1) + "\n";
      case "llookup" -> world.store.find(line.substring("llookup:".length()), false);
      case "lookup", "plookup" -> lookup(line);
      case "scan" -> world.store.scan(line.substring(line.indexOf(' ') + 1));
      case "notify" -> told(line);
      default -> "error:AT0003-Exception: invalid command\n";
    };
  }

  private String from(String atSign) {
    claimed = atSign;
    challenge = "_" + UUID.randomUUID() + atSign + ":" + UUID.randomUUID();
    return "data:" + challenge + "\n";
  }

  private String pkam(String line) throws GeneralSecurityException {
    Matcher matcher = PKAM.matcher(line);
    if (!matcher.matches()) {
      return "error:AT0003-Exception: Invalid syntax\n";
    }
    byte[] signature = Base64.getDecoder().decode(matcher.group(2));
    if (!genuine(matcher.group(1), world.authenticationKeys.get(claimed), signature)) {
      return "error:AT0401-Exception: pkam authentication failed\n";
    }
    if (world.refusals.containsKey(claimed)) {
      return "error:" + world.refusals.get(claimed) + "\n";
    }
    self = claimed;
    return "data:success\n";
  }

  private boolean genuine(String algorithm, String key, byte[] signature)
      throws GeneralSecurityException {
    byte[] said = challenge.getBytes(StandardCharsets.UTF_8);
    if (algorithm.equals("mldsa65")) {
      return PosingKey.verifies(key, said, signature);
    }
    byte[] x509 = Base64.getDecoder().decode(key);
    PublicKey rsa = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509));
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(rsa);
    verifier.update(said);
    return verifier.verify(signature);
  }

  private String monitor(String line) {
    long since = Long.parseLong(line.substring("monitor:".length()));
    world.pushAll(this, since);
    return "";
  }

  private String lookup(String line) {
    Matcher matcher = LOOKUP.matcher(line);
    if (!matcher.matches()) {
      return "error:AT0003-Exception: Invalid syntax\n";
    }
    if (!world.authenticationKeys.containsKey(matcher.group(4))) {
      return "error:AT0007-Secondary server not found : no " + matcher.group(4) + "\n";
    }
    String front = matcher.group(1).isEmpty() ? self + ":" : "public:";
    return world.store.find(front + matcher.group(3) + matcher.group(4), matcher.group(2) != null);
  }

  private String told(String line) {
    Matcher matcher = NOTIFY.matcher(line);
    if (!matcher.matches()) {
      return "error:AT0003-Invalid syntax : not the canonical order\n";
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    String rest = FakeStore.takeMetadata(matcher.group(2), metadata).substring(1);
    int value = rest.lastIndexOf(':');
    String key = rest.substring(0, value);
    String to = key.substring(0, key.indexOf(':'));
    world.tell(matcher.group(1), self, to, key, rest.substring(value + 1), metadata);
    return "data:" + matcher.group(1) + "\n";
  }
}
