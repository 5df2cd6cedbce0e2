package dev.patchbay.app.window;

import dev.patchbay.app.activity.ActivityViewModel;
import dev.patchbay.app.activity.EventsViewModel;
import dev.patchbay.app.activity.ProblemsViewModel;
import dev.patchbay.app.activity.UndoViewModel;
import dev.patchbay.app.dialog.FormDrafts;
import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.RootAccessViewModel;
import dev.patchbay.app.inspector.InspectorViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.network.AddressMapViewModel;
import dev.patchbay.app.publish.BusyPortsViewModel;
import dev.patchbay.app.publish.PublishProbe;
import dev.patchbay.app.reachability.PublishedPathViewModel;
import dev.patchbay.app.reachability.ReachabilityViewModel;
import dev.patchbay.app.rules.NftViewModel;
import dev.patchbay.app.rules.RulesViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.app.traffic.TrafficLevels;
import dev.patchbay.app.traffic.TrafficViewModel;
import dev.patchbay.core.model.Topology;
import java.time.InstantSource;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// The state of the whole window without its controls: one host, one selection, and all that depends on
/// them.
public final class WindowViewModel {
    private final Tasks tasks;
    private final ObjectProperty<Selection> selected = new SimpleObjectProperty<>(new Selection.None());
    private final HostViewModel host;
    private final RootAccessViewModel rootAccess;
    private final CountersViewModel counters;
    private final RulesViewModel nat;
    private final RulesViewModel filter;
    private final NftViewModel nft;
    private final ActivityViewModel activity;
    private final UndoViewModel undo;
    private final FormDrafts drafts;
    private final ProblemsViewModel problems;
    private final EventsViewModel events;
    private final InspectorViewModel inspector;
    private final TrafficViewModel traffic;
    private final SearchViewModel search;
    private final TourViewModel tour;
    private final BusyPortsViewModel busyPorts;
    private final DragViewModel drag;
    private final TrafficLevels trafficLevels;
    private final ReachabilityViewModel reachability;
    private final PublishedPathViewModel publishedPath;
    private final AddressMapViewModel addressMap;

    public WindowViewModel(HostOpener opener, TourViewModel.Player player, Tasks tasks, InstantSource clock) {
        this(HostKind.LAB, opener, null, player, tasks, clock);
    }

    /// @param asking asks for root; null where root would not show more
    public WindowViewModel(
            HostKind kind,
            HostOpener opener,
            RootAccessViewModel.@Nullable RootPrompt asking,
            TourViewModel.Player player,
            Tasks tasks,
            InstantSource clock) {
        this.tasks = tasks;
        host = new HostViewModel(kind, opener, tasks, clock);
        rootAccess = new RootAccessViewModel(host, asking, tasks);
        counters = new CountersViewModel(host, tasks);
        nat = new RulesViewModel("nat", host, counters, selected);
        filter = new RulesViewModel("filter", host, counters, selected);
        nft = new NftViewModel(host, counters, selected);
        activity = new ActivityViewModel(host);
        undo = new UndoViewModel(host, activity);
        drafts = new FormDrafts(host);
        problems = new ProblemsViewModel(host, selected);
        events = new EventsViewModel(host, tasks, selected);
        inspector = new InspectorViewModel(host, selected);
        traffic = new TrafficViewModel(host, counters, nat, selected, clock);
        search = new SearchViewModel(host, selected);
        tour = new TourViewModel(player, tasks);
        busyPorts = new BusyPortsViewModel(host, tasks);
        drag = new DragViewModel(host, busyPorts);
        new PublishProbe(host).install();
        trafficLevels = new TrafficLevels(host, counters);
        reachability = new ReachabilityViewModel(host, selected);
        publishedPath = new PublishedPathViewModel(host, counters, selected);
        addressMap = new AddressMapViewModel(host);
        host.topology().subscribe(this::clearStaleSelection);
        new SelectionKeeper(host, selected).install();
    }

    private void clearStaleSelection() {
        Topology topology = host.topology().get();
        if (topology == null || !selected.get().existsIn(topology)) {
            selected.set(new Selection.None());
        }
    }

    public Tasks tasks() {
        return tasks;
    }

    public ObjectProperty<Selection> selected() {
        return selected;
    }

    public HostViewModel host() {
        return host;
    }

    public RootAccessViewModel rootAccess() {
        return rootAccess;
    }

    public CountersViewModel counters() {
        return counters;
    }

    public RulesViewModel nat() {
        return nat;
    }

    public RulesViewModel filter() {
        return filter;
    }

    public NftViewModel nft() {
        return nft;
    }

    public ActivityViewModel activity() {
        return activity;
    }

    public UndoViewModel undo() {
        return undo;
    }

    /// The drafts of the forms in this window.
    public FormDrafts drafts() {
        return drafts;
    }

    public ProblemsViewModel problems() {
        return problems;
    }

    public EventsViewModel events() {
        return events;
    }

    public InspectorViewModel inspector() {
        return inspector;
    }

    public TrafficViewModel traffic() {
        return traffic;
    }

    public SearchViewModel search() {
        return search;
    }

    public TourViewModel tour() {
        return tour;
    }

    public BusyPortsViewModel busyPorts() {
        return busyPorts;
    }

    public TrafficLevels trafficLevels() {
        return trafficLevels;
    }

    public DragViewModel drag() {
        return drag;
    }

    public ReachabilityViewModel reachability() {
        return reachability;
    }

    public PublishedPathViewModel publishedPath() {
        return publishedPath;
    }

    public AddressMapViewModel addressMap() {
        return addressMap;
    }

    /// Ends every call and closes the host.
    public void close() {
        counters.stop();
        events.close();
        busyPorts.close();
        tour.close();
        host.close();
    }
}
