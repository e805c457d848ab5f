package org.noports.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.StoreFailed;
import org.noports.api.access.TimedAccess;
import org.noports.protocol.access.AccessAsk;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/** All of it in one file, which appears whole or not at all; a newer format is refused. */
record AccessFile(Path path) {
  private static final long FORMAT = 1;

  /** What is there; nothing, if there is no file yet. */
  KeptAccesses read() throws StoreFailed {
    try {
      if (Files.notExists(path)) {
        return KeptAccesses.none();
      }
      JsonObject json = JsonObject.parse(path.toString(), Files.readString(path, UTF_8));
      long format = json.requireWhole("format");
      if (format != FORMAT) {
        throw new StoreFailed(
            path + " is of format " + format + ", and this program reads " + FORMAT);
      }
      List<TimedAccess> all = new ArrayList<>();
      for (JsonValue each : json.array("accesses").orElse(new JsonArray(List.of())).items()) {
        all.add(access(each));
      }
      JsonArray past = json.array("past").orElse(new JsonArray(List.of()));
      return new KeptAccesses(all, past.texts());
    } catch (IOException | ProtocolViolation | IllegalArgumentException e) {
      throw new StoreFailed(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private TimedAccess access(JsonValue value) throws ProtocolViolation {
    if (!(value instanceof JsonObject json)) {
      throw new ProtocolViolation(path + ": an access is no object");
    }
    Optional<Long> from = json.whole("from");
    Optional<TimedAccess.Span> granted =
        from.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new TimedAccess.Span(
                    Instant.ofEpochMilli(from.get()),
                    Instant.ofEpochMilli(json.requireWhole("until"))));
    return new TimedAccess(
        AccessAsk.parse(json.requireText("client", AtSign::of), json).wish(),
        Instant.ofEpochMilli(json.requireWhole("asked")),
        granted);
  }

  void write(KeptAccesses kept) throws StoreFailed {
    List<JsonValue> all = kept.all().stream().map(AccessFile::json).toList();
    JsonObject json =
        JsonObject.builder()
            .put("format", FORMAT)
            .put("accesses", new JsonArray(all))
            .put("past", kept.past())
            .build();
    try {
      Files.createDirectories(path.getParent());
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      try (FileChannel file =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes = ByteBuffer.wrap((json.toJson() + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StoreFailed("Access cannot be kept in " + path + ": " + e, e);
    }
  }

  private static JsonValue json(TimedAccess access) {
    JsonObject.Builder json =
        new AccessAsk(access.wish())
            .toJson().toBuilder()
                .put("client", access.wish().client().name())
                .put("asked", access.asked().toEpochMilli());
    access
        .granted()
        .ifPresent(
            span ->
                json.put("from", span.from().toEpochMilli())
                    .put("until", span.until().toEpochMilli()));
    return json.build();
  }
}
