package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.auth.Authorization;
import dev.patchbay.engine.auth.PeerCredentials;
import dev.patchbay.engine.auth.ReplyFilter;
import dev.patchbay.engine.change.ChangeRequests;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.lang.System.Logger.Level;
import java.util.List;

/// Dispatches every request of the protocol, one line for each verb. Failures are logged only here.
final class RequestDispatcher {
    private static final System.Logger LOG = System.getLogger(RequestDispatcher.class.getName());

    private final DaemonServices engine;
    private final Authorization authorization;

    RequestDispatcher(DaemonServices engine, Authorization authorization) {
        this.engine = engine;
        this.authorization = authorization;
    }

    /// The reply to a request, filtered for this peer.
    Reply reply(Request<?> request, PeerCredentials peer) {
        Refusal refusal = authorization.refusal(request, peer, engine.specs());
        return refusal != null
                ? new Reply.Refused(refusal)
                : ReplyFilter.filter(reply(request, specs -> authorization.refusal(request, peer, specs)), peer.role());
    }

    /// @param rights checks a change again against the records at the time of the change
    private Reply reply(Request<?> request, ChangeRequests.ChangeAuthorization rights) {
        try {
            return switch (request) {
                case Request.Hello _ -> engine.reads().welcome();
                case Request.Snapshot _ -> engine.reads().snapshot();
                case Request.Changes changes -> engine.reads().changes(changes.since());
                case Request.Activity activity -> engine.reads().activity(activity.after());
                case Request.Preview preview -> engine.actions().preview(preview, rights);
                case Request.Apply apply -> engine.actions().apply(apply, rights);
                case Request.Repair repair -> engine.repairs().repair(repair.dryRun());
                case Request.GoneEngineRules _ -> engine.engineRules().gone();
                case Request.RestoreEngineRules restore -> engine.engineRules().restore(restore);
                case Request.AutoRepair repair -> engine.repairs().autoRepair(repair.on());
                case Request.Subscribe _ -> new Reply.Done();
                case Request.Counters counters -> engine.reads().counters(counters);
                case Request.Listeners(PortRange ports) -> engine.reads().listeners(ports);
                case Request.InspectNetns look -> engine.netnsRequests().inspect(look);
                case Request.Probe probe -> engine.netnsRequests().probe(probe);
                case Request.LocateContainer runs -> engine.netnsRequests().locateContainer(runs);
                case Request.HostLinks(List<Long> processes) ->
                    engine.netnsRequests().hostLinks(processes);
                case Request.Signal signal -> engine.reads().signal(signal);
                case Request.Log log -> engine.reads().log(log);
                case Request.Stop _ -> new Reply.Done();
            };
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "failed", e);
            return new Reply.Failed(e.step(), e.reason(), e.errno());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "internal error while answering", e);
            return new Reply.Failed("answer", "the helper has a defect, see its log", 0);
        }
    }
}
