package org.noports.shell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;

/**
 * Takes options out of a command's arguments, wherever they stand. Karaf's shell reads options only
 * before the first argument; people write {@code connect @device --name dev1}.
 */
final class Words {
  private final Object command;

  Words(Object command) {
    this.command = command;
  }

  /** Sets the command's fields for the options among {@code words}; returns the other words. */
  List<String> settle(List<String> words) {
    List<String> plain = new ArrayList<>();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (word.length() > 1 && word.startsWith("-")) {
        set(word, rest);
      } else {
        plain.add(word);
      }
    }
    return plain;
  }

  private void set(String word, Iterator<String> rest) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String name = equals < 0 ? word : word.substring(0, equals);
    Field field =
        field(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no option '" + name + "' here; --help lists them"));
    if (field.getType() == boolean.class) {
      put(field, true);
      return;
    }
    if (equals < 0 && !rest.hasNext()) {
      throw new IllegalArgumentException("Option '" + name + "' needs a value");
    }
    putText(field, name, equals < 0 ? rest.next() : word.substring(equals + 1));
  }

  private Optional<Field> field(String name) {
    return Arrays.stream(command.getClass().getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(Option.class))
        .filter(field -> isCalled(field.getAnnotation(Option.class), name))
        .findFirst();
  }

  private static boolean isCalled(Option option, String name) {
    return option.name().equals(name) || List.of(option.aliases()).contains(name);
  }

  private void putText(Field field, String name, String value) {
    if (field.getType() == int.class) {
      try {
        put(field, Integer.parseInt(value));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "Option '" + name + "' wants a whole number, not '" + value + "'", e);
      }
    } else if (field.getType() == List.class) {
      List<Object> all = new ArrayList<>(given(field));
      all.add(value);
      put(field, all);
    } else {
      put(field, value);
    }
  }

  /** What was given already; a default, which is unmodifiable, gives way to the first value. */
  private List<?> given(Field field) {
    try {
      field.setAccessible(true);
      return field.get(command) instanceof ArrayList<?> list ? list : List.of();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Our own field can be read", e);
    }
  }

  private void put(Field field, Object value) {
    try {
      field.setAccessible(true);
      field.set(command, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Our own field can be set", e);
    }
  }
}
