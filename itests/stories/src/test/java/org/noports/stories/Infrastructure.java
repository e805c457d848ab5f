package org.noports.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.OpenSsl;
import org.noports.testkit.process.World;

/**
 * One machine with an atDirectory and atServers, and what a program of another make needs to speak
 * to them: the CA's certificate, and the key files, read with nothing of ours.
 */
final class Infrastructure extends ExternalResource {
  private static final String HOST = "localhost";

  private final TemporaryFolder folder = new TemporaryFolder();
  private World world;

  @Override
  protected void before() throws Exception {
    folder.create();
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    world = World.make(distribution, root, HOST + ":*");
    world.infrastructure().up().awaitWell("org.noports.atserver.host");
    world.infrastructure().awaitWell("org.noports.directory.server");
  }

  @Override
  protected void after() {
    if (world != null) {
      world.infrastructure().close();
    }
    folder.delete();
  }

  /** A connection to the atDirectory. */
  OpenSsl directory() {
    return OpenSsl.connect(HOST, directoryPort(), authority());
  }

  /** A connection to an atSign's atServer, found as clients find it. */
  OpenSsl atServer(String name) {
    try (OpenSsl directory = directory()) {
      directory.hear("@");
      String answer = directory.ask(name, HOST + ":\\d+\r\n@");
      int port = Integer.parseInt(answer.replaceAll("\\D", ""));
      return OpenSsl.connect(HOST, port, authority());
    }
  }

  /**
   * The same, with its owner's signature given.
   *
   * @param machine whose folder has the owner's keys
   */
  OpenSsl owner(String name, String machine) throws Exception {
    OpenSsl connection = atServer(name);
    connection.hear("@");
    String challenge = connection.ask("from:@" + name, "data:[^\n]+\n@");
    String text = challenge.substring("data:".length(), challenge.indexOf('\n'));
    Path keys = world.infrastructure().home().resolveSibling(machine).resolve("etc/keys");
    connection.ask(
        "pkam:" + signed(Files.readString(keys.resolve("@" + name + "_key.atKeys")), text),
        "data:success\n@" + name + "@");
    return connection;
  }

  private static String signed(String keyFile, String text) throws Exception {
    Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
    byte[] self = Base64.getDecoder().decode(field(keyFile, "selfEncryptionKey"));
    aes.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(self, "AES"), new IvParameterSpec(new byte[16]));
    byte[] padded = aes.doFinal(Base64.getDecoder().decode(field(keyFile, "aesPkamPrivateKey")));
    byte[] bare = Arrays.copyOf(padded, padded.length - padded[padded.length - 1]);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(bare))));
    signature.update(text.getBytes());
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new AssertionError("The key file has no " + name);
    }
    return found.group(1);
  }

  private int directoryPort() {
    return Integer.parseInt(setting("org.noports.directory.server", "port"));
  }

  private String setting(String pid, String key) {
    try {
      Path file = etc().resolve(pid + ".cfg");
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key + " = "))
          .findFirst()
          .orElseThrow()
          .substring(key.length() + 3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path etc() {
    return world.infrastructure().home().resolve("etc");
  }

  private Path authority() {
    try (var files = Files.list(etc().resolve("trust"))) {
      return files.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
