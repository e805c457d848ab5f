package org.noports.houserules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.tunnel.Suite;

/**
 * Algorithms come and go without a change where data flows: nothing there knows one by name. A new
 * one is a bundle, and a line in what orders suites.
 */
public class AlgorithmNamesTest {
  private static final List<String> DATA_PATH =
      List.of("org.noports.tunnel", "org.noports.transport", "org.noports.relay.client");

  /** {@code KeyAgreement.X25519}, {@code Suite.X25519_AES_256_GCM} and {@code "x25519"}. */
  private static List<String> names() {
    List<String> names = new ArrayList<>();
    Stream.of(KeyAgreement.class, KeyDerivation.class, RecordCipher.class, Suite.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> Modifier.isPublic(field.getModifiers()))
        .filter(field -> !field.getName().equals("ALGORITHM"))
        .filter(field -> field.getType() != int.class)
        .forEach(
            field -> {
              names.add(field.getDeclaringClass().getSimpleName() + "." + field.getName());
              names.add('"' + value(field) + '"');
            });
    return names;
  }

  private static String value(Field field) {
    try {
      return field.get(null).toString();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  public void nothingOnTheDataPathKnowsAnAlgorithmByName() {
    List<String> names = names();
    assertThat(names.size(), greaterThan(20));
    List<String> found = new ArrayList<>();
    List<java.nio.file.Path> files =
        House.mainFiles().stream()
            .filter(file -> DATA_PATH.stream().anyMatch(b -> House.name(file).contains(b + "/")))
            .toList();
    assertThat(files.size(), greaterThan(50));
    files.forEach(
        file ->
            names.stream()
                .filter(House.read(file)::contains)
                .forEach(name -> found.add(House.name(file) + " knows " + name)));
    assertThat(found, empty());
  }
}
