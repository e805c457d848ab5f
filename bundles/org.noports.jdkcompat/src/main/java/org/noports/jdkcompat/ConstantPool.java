package org.noports.jdkcompat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A class file's constants (JVM specification 4.4), as far as it takes to send a static call to
 * another class: the call's {@code Methodref} gets another owner, code stays as it is.
 */
final class ConstantPool {
  /** A method as a {@code Methodref} names it. */
  record Method(String owner, String name, String descriptor) {}

  private static final int COUNT_AT = 8;
  private static final int FIRST_AT = 10;
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHODREF = 10;

  private final ByteBuffer file;
  private final int[] at;
  private final int end;

  private ConstantPool(ByteBuffer file, int[] at, int end) {
    this.file = file;
    this.at = at;
    this.end = end;
  }

  static ConstantPool of(byte[] classFile) {
    ByteBuffer file = ByteBuffer.wrap(classFile);
    int[] at = new int[unsigned(file, COUNT_AT)];
    int position = FIRST_AT;
    for (int index = 1; index < at.length; index++) {
      at[index] = position;
      int tag = file.get(position);
      if (tag == 5 || tag == 6) {
        index++; // long and double take two numbers
      }
      position += length(file, position, tag);
    }
    return new ConstantPool(file, at, position);
  }

  private static int length(ByteBuffer file, int position, int tag) {
    return switch (tag) {
      case UTF8 -> 3 + unsigned(file, position + 1);
      case 5, 6 -> 9;
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      default -> 5;
    };
  }

  /** The class file with these calls sent to {@code target}; the same array if it has none. */
  byte[] retarget(List<Method> calls, String target) {
    byte[] changed = null;
    for (int index = 1; index < at.length; index++) {
      if (at[index] == 0 || file.get(at[index]) != METHODREF || !calls.contains(method(index))) {
        continue;
      }
      changed = changed == null ? withClass(target) : changed;
      ByteBuffer.wrap(changed).putShort(at[index] + 1, (short) (at.length + 1));
    }
    return changed == null ? file.array() : changed;
  }

  /** A copy with two more constants at the end: the target's name and its class. */
  private byte[] withClass(String target) {
    byte[] old = file.array();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(old.length + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(old, 0, COUNT_AT);
      out.writeShort(at.length + 2);
      out.write(old, FIRST_AT, end - FIRST_AT);
      out.writeByte(UTF8);
      out.writeUTF(target);
      out.writeByte(CLASS);
      out.writeShort(at.length);
      out.write(old, end, old.length - end);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private Method method(int index) {
    int owner = unsigned(file, at[index] + 1);
    int signature = unsigned(file, at[index] + 3);
    return new Method(
        text(unsigned(file, at[owner] + 1)),
        text(unsigned(file, at[signature] + 1)),
        text(unsigned(file, at[signature] + 3)));
  }

  /** Names here are ASCII, where the JVM's modified UTF-8 is the same. */
  private String text(int index) {
    int length = unsigned(file, at[index] + 1);
    return new String(file.array(), at[index] + 3, length, StandardCharsets.UTF_8);
  }

  private static int unsigned(ByteBuffer file, int position) {
    return Short.toUnsignedInt(file.getShort(position));
  }
}
