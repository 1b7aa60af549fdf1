package com.claudemesh.ws;

import com.claudemesh.audit.AuditDesk;
import com.claudemesh.audit.AuditPage;
import com.claudemesh.audit.RecordedEvent;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.AuditQuery;
import com.claudemesh.protocol.frame.AuditResult;
import com.claudemesh.protocol.frame.AuditVerify;
import com.claudemesh.protocol.frame.AuditVerifyResult;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ServerFrame;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code audit_query} and {@code audit_verify}: for every member, as the protocol has it. */
@Dependent
public class AuditFrames implements FrameHandlers {
    private static final Logger LOG = System.getLogger(AuditFrames.class.getName());

    private final AuditDesk desk;
    private final MeshDirectory directory;
    private final RateLimiter reads;

    @Inject
    public AuditFrames(AuditDesk desk, MeshDirectory directory, Settings settings) {
        this.desk = desk;
        this.directory = directory;
        this.reads = new RateLimiter(settings.auditReadsPerMinute(), settings.auditReadsPerMinute(), System::nanoTime);
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(AuditQuery.class, this::query);
        dispatcher.on(AuditVerify.class, this::verify);
    }

    private Reply query(AuditQuery frame, Peer peer) {
        return answer(
                peer,
                () -> desk.query(peer.meshId(), frame.rows(), frame.skipped(), frame.eventType()),
                page -> result(peer.meshId(), page),
                ErrorCode.AUDIT_QUERY_ERROR);
    }

    private Reply verify(AuditVerify frame, Peer peer) {
        return answer(
                peer,
                () -> desk.verify(peer.meshId()),
                verdict -> new AuditVerifyResult(verdict.valid(), verdict.entries(), verdict.brokenAt()),
                ErrorCode.AUDIT_VERIFY_ERROR);
    }

    private <T> Reply answer(
            Peer peer, Supplier<CompletionStage<T>> read, Function<T, ServerFrame> shown, ErrorCode code) {
        long waitMillis = reads.tryAcquire(peer.memberId());
        if (waitMillis > 0) {
            return new Reply.Now(ErrorFrame.of(
                    ErrorCode.RATE_LIMITED, "too many audit requests, try again in " + waitMillis + " ms"));
        }
        return new Reply.Later(
                read.get().handle((result, failure) -> failure == null ? shown.apply(result) : failed(failure, code)));
    }

    private static ServerFrame failed(Throwable failure, ErrorCode code) {
        if (failure instanceof AuditDesk.BusyException busy) {
            return ErrorFrame.of(code, busy.getMessage());
        }
        LOG.log(Level.ERROR, "event=audit_read_failed", failure);
        return ErrorFrame.of(code, "the record could not be read; the server's log says why");
    }

    private AuditResult result(String meshId, AuditPage page) {
        return new AuditResult(
                page.events().stream().map(event -> entry(meshId, event)).toList(), page.total());
    }

    private AuditResult.Entry entry(String meshId, RecordedEvent event) {
        String memberId = event.actorMemberId();
        String name = event.actorDisplayName() != null ? event.actorDisplayName() : memberId;
        return new AuditResult.Entry(
                event.id(),
                event.eventType(),
                name == null ? "system" : name,
                memberId,
                memberId == null
                        ? null
                        : directory
                                .memberById(meshId, memberId)
                                .map(MemberView::displayName)
                                .orElse(null),
                event.payload(),
                event.previousHash(),
                event.hash(),
                AuditEntry.timeText(event.createdAt()));
    }
}
