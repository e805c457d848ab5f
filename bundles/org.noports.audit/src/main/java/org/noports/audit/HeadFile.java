package org.noports.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.audit.chain.ChainHead;
import org.noports.protocol.json.JsonObject;

/**
 * Number and hash of the last checkpoint, kept beside the key: whoever can write to the event files
 * alone cannot take lines from their end unseen.
 */
record HeadFile(Settings settings) {
  /** Of the chain in the file that is written now; empty if nothing is known of it. */
  Optional<ChainHead> read() {
    Path file = settings.headFile();
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      JsonObject json = JsonObject.parse("the head", Files.readString(file));
      return json.requireText("file").equals(settings.file().toString())
          ? Optional.of(new ChainHead(json.requireWhole("n"), json.requireText("hash")))
          : Optional.empty();
    } catch (IOException | ProtocolViolation e) {
      AuditLog.headUnreadable(file, e);
      return Optional.empty();
    }
  }

  /** Notes it; or says in one sentence why that could not be. */
  Optional<String> write(ChainHead head) {
    Path file = settings.headFile();
    JsonObject json =
        JsonObject.builder()
            .put("file", settings.file().toString())
            .put("n", head.number())
            .put("hash", head.hash())
            .build();
    try {
      EventFile.prepareFolder(file.getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, (json.toJson() + "\n").getBytes(UTF_8));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the last checkpoint cannot be noted in " + file + ": " + e.getMessage());
    }
  }
}
