package org.noports.policy.remote;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.Notification;
import org.noports.protocol.policy.AuthAnswer;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.policy.RpcResponse;

/** The questions that wait for an answer; an answer counts once, and only of whom it was asked. */
final class OpenQuestions {
  /** What every JSON reader keeps exactly. */
  private static final int UNUSED_BITS = 11;

  private final SecureRandom random = new SecureRandom();
  private final Map<Long, Open> open = new ConcurrentHashMap<>();

  private record Open(AtSign self, AtSign policy, CompletableFuture<AuthAnswer> answer) {}

  /** An id under which {@code answer} completes; forgotten when it has. */
  long open(AtSign self, AtSign policy, CompletableFuture<AuthAnswer> answer) {
    Open question = new Open(self, policy, answer);
    long id;
    do {
      id = random.nextLong() >>> UNUSED_BITS;
    } while (open.putIfAbsent(id, question) != null);
    long ours = id;
    answer.whenComplete((done, failure) -> open.remove(ours));
    return id;
  }

  /** How many wait. */
  int size() {
    return open.size();
  }

  /** Hears what may be an answer; never throws. */
  void hear(AtSign self, Notification message) {
    Optional<RpcNames.Answer> name = RpcNames.ofResponse(message.name());
    if (name.isEmpty() || !message.operation().equals("update")) {
      return;
    }
    Open question = open.get(name.get().id());
    boolean ours =
        question != null
            && question.policy().equals(message.from())
            && question.self().equals(self);
    if (!ours || name.get().type() == RpcResponse.Type.ACK) {
      return;
    }
    try {
      question.answer().complete(read(name.get(), message.value()));
    } catch (ServiceRefused e) {
      PolicyRemoteLog.unreadableAnswer(message.from(), e.getMessage());
      question.answer().completeExceptionally(e);
    } catch (ProtocolViolation e) {
      PolicyRemoteLog.unreadableAnswer(message.from(), e.getMessage());
      question.answer().completeExceptionally(new ServiceRefused(e.getMessage(), false));
    }
  }

  private static AuthAnswer read(RpcNames.Answer name, String value)
      throws ProtocolViolation, ServiceRefused {
    RpcResponse response = RpcResponse.parse(value);
    if (response.id() != name.id() || response.type() != name.type()) {
      throw new ProtocolViolation("policy response: it is not that of its key");
    }
    if (response.type() != RpcResponse.Type.SUCCESS) {
      throw new ServiceRefused(
          response.message().orElse("it does not say why"),
          response.type() == RpcResponse.Type.ERROR);
    }
    return AuthAnswer.parse(response.payload());
  }
}
