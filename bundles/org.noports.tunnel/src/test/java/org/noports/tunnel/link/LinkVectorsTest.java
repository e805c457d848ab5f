package org.noports.tunnel.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.np2.RecordType;

/**
 * A device against a client that another implementation has played: it understands each of its
 * records, and each of its own is the text's, byte for byte (docs/protocol/np2.md 15).
 */
public class LinkVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String FOLDER = "bundles/org.noports.protocol/src/test/resources/np2/";

  private final Queue<JsonObject> exchanges = new ArrayDeque<>();
  private JsonObject vector;
  private LinkEnd device;
  private boolean hasChaCha = true;

  private void read(String file) throws Exception {
    vector = JsonObject.parse(file, Files.readString(root().resolve(FOLDER + file), UTF_8));
    for (JsonValue item : vector.array("exchanges").orElseThrow().items()) {
      exchanges.add((JsonObject) item);
    }
    Suites suites = new Played();
    Np2Keys keys =
        new Np2Keys(
            false,
            suites.algorithms(Suite.of(vector.requireText("suite"))).orElseThrow(),
            suites,
            HEX.parseHex(vector.requireText("T")),
            secret(vector, "root"),
            secret(vector, "confirmClient"),
            secret(vector, "confirmDevice"),
            Secret.owning(new byte[32]),
            Secret.owning(new byte[32]));
    device = new LinkEnd(keys, new SessionRoot(keys));
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Optional.ofNullable(folder.getParent()).orElseThrow();
    }
    return folder;
  }

  private static Secret secret(JsonObject from, String name) {
    try {
      return Secret.owning(HEX.parseHex(from.requireText(name)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The JDK's algorithms, but with the key shares of the vector. */
  private final class Played implements Suites, KeyAgreement, KeyShare {
    @Override
    public List<Suite> usable() {
      return JdkAlgorithms.BOTH.usable();
    }

    @Override
    public Optional<SuiteAlgorithms> algorithms(Suite suite) {
      return JdkAlgorithms.BOTH
          .algorithms(suite)
          .filter(all -> hasChaCha || !suite.equals(Suite.X25519_CHACHA20_POLY1305))
          .map(all -> new SuiteAlgorithms(suite, this, all.derivation(), all.cipher()));
    }

    @Override
    public KeyShare generate() {
      return this;
    }

    @Override
    public byte[] publicKey() {
      return secret(exchanges.element(), "share").exposeSecretBytes();
    }

    @Override
    public Secret open(byte[] encapsulated) {
      JsonObject exchange = exchanges.remove();
      assertEquals(secret(exchange, "encapsulated"), encapsulated);
      return secret(exchange, "fresh");
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) {
      JsonObject exchange = exchanges.remove();
      assertEquals(secret(exchange, "share"), publicKey);
      return new Encapsulation(
          secret(exchange, "encapsulated").exposeSecretBytes(), secret(exchange, "fresh"));
    }

    private void assertEquals(Secret expected, byte[] bytes) {
      org.junit.Assert.assertArrayEquals(expected.exposeSecretBytes(), bytes);
    }

    @Override
    public void close() {}
  }

  @Test
  public void aDeviceSpeaksAsTheTextSays() throws Exception {
    speaksAs("links.json");
  }

  @Test
  public void aDeviceLeavesACipherAsTheTextSays() throws Exception {
    speaksAs("leave.json");
    assertEquals("each exchange was made", 0, exchanges.size());
  }

  @Test
  public void aDeviceDeclinesToGoOnUnderWhatItHasNotAsTheTextSays() throws Exception {
    read("leave.json");
    hasChaCha = false;
    device.start();
    device.receive(HEX.parseHex(vector.requireText("preface")));
    for (JsonValue item : vector.array("records").orElseThrow().items()) {
      JsonObject record = (JsonObject) item;
      boolean leaves = record.requireWhole("type") == RecordType.LEAVE.code();
      if (record.requireText("from").equals("client")) {
        if (leaves) {
          device.written();
        }
        device.receive(HEX.parseHex(record.requireText("record")));
      }
      if (leaves) {
        break;
      }
    }
    assertEquals(exchanges.element().requireText("decline"), HEX.formatHex(device.written()));
    assertTrue(device.opened);
  }

  private void speaksAs(String file) throws Exception {
    read(file);
    String preface = vector.requireText("preface");
    device.start();
    device.receive(HEX.parseHex(preface));
    StringBuilder said = new StringBuilder();
    StringBuilder expected = new StringBuilder(preface);
    StringBuilder heard = new StringBuilder();
    for (JsonValue item : vector.array("records").orElseThrow().items()) {
      JsonObject record = (JsonObject) item;
      RecordType type = RecordType.ofCode((int) record.requireWhole("type"));
      byte[] clear = HEX.parseHex(record.requireText("clear"));
      if (record.requireText("from").equals("client")) {
        device.receive(HEX.parseHex(record.requireText("record")));
        heard.append(type == RecordType.DATA ? HEX.formatHex(clear) : "");
      } else {
        say(type, clear);
        expected.append(record.requireText("record"));
      }
      said.append(HEX.formatHex(device.written()));
    }
    assertEquals(expected.toString(), said.toString());
    assertEquals(heard.toString(), HEX.formatHex(device.data()));
    assertTrue(device.ended && device.why.isEmpty());
  }

  /** Confirm, answers and the last close come by themselves. */
  private void say(RecordType type, byte[] clear) {
    switch (type) {
      case DATA -> {
        device.send(clear);
        device.link.flush();
      }
      case ACK -> {
        device.link.ack(java.nio.ByteBuffer.wrap(clear).getLong());
        device.link.flush();
      }
      case LEAVE -> {
        if (clear[0] == 1) {
          device.link.leave(
              device.keys.suites().algorithms(Suite.X25519_AES_256_GCM).orElseThrow());
        }
      }
      case SWITCH -> {
        if (clear[0] == 1) {
          device.link.freshKeys(
              device.keys.suites().algorithms(Suite.X25519_CHACHA20_POLY1305).orElseThrow());
        }
      }
      default -> {
        // Not ours to begin with.
      }
    }
  }
}
