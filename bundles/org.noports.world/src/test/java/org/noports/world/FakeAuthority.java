package org.noports.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.CertificateAuthority;

/** Certificates that are texts: the generation that issued them, and when they end. */
final class FakeAuthority implements CertificateAuthority {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration LIFE = Duration.ofDays(100);

  Instant now = START;
  int generation = 1;

  @Override
  public void create(Path folder, String name) {
    write(folder.resolve(CA_CERTIFICATE), text(generation, START.plus(Duration.ofDays(3650))));
    write(folder.resolve(CA_KEY), "secret");
  }

  @Override
  public void issue(Path folder, List<String> names, Path chain, Path key) {
    write(chain, text(generation, now.plus(LIFE)));
    write(key, "secret");
  }

  @Override
  public boolean renew(Path folder, Path chain, Path key, Instant deadline)
      throws IdentityUnusable {
    boolean old = !read(chain).startsWith(generation + " ");
    if (old || expiry(chain).isBefore(deadline)) {
      issue(folder, List.of(), chain, key);
      return true;
    }
    return false;
  }

  @Override
  public Instant expiry(Path certificates) throws IdentityUnusable {
    return Instant.parse(read(certificates).split(" ")[1]);
  }

  @Override
  public boolean overlapping(Path folder) {
    return Files.exists(folder.resolve(PREVIOUS_CERTIFICATE));
  }

  @Override
  public void rotate(Path folder) throws IdentityUnusable {
    write(folder.resolve(PREVIOUS_CERTIFICATE), read(folder.resolve(CA_CERTIFICATE)));
    generation++;
    create(folder, "next");
  }

  @Override
  public void finish(Path folder) throws IdentityUnusable {
    try {
      Files.delete(folder.resolve(PREVIOUS_CERTIFICATE));
    } catch (IOException e) {
      throw new IdentityUnusable("one generation only", e);
    }
  }

  private static String text(int generation, Instant ends) {
    return generation + " " + ends;
  }

  private static String read(Path file) throws IdentityUnusable {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IdentityUnusable("no " + file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
