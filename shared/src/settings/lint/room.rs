use crate::{
    lang::Lang,
    settings::Settings,
    violation::Violation,
    way_out::{Frame, room, sample_way_out},
};

/// What a name of 20 characters and a host of 29 leave in the language with the longest way out: who keeps to that is
/// told nothing.
const ENOUGH: usize = 58;

impl Settings {
    /// How much of the owner's own text finds room in one part of advertising, where that is little: with the longest
    /// way out of the senders that advertise.
    pub(in crate::settings) fn little_room(&self, origin: &str) -> Option<Violation> {
        let link = sample_way_out(&self.links_to(origin));
        let frame = Frame::Advertising { controller: &self.controller, link: &link };
        let advertising = self.advertising();
        let senders: Vec<_> =
            self.senders.iter().filter(|sender| advertising.iter().any(|id| sender.serves(id))).collect();
        let (begin, way_out) = (frame.begin(""), frame.longest("", &senders, &Lang::ALL)?);
        let left = room(&begin, &way_out);
        let (field, mend) = if self.controller.sms_name().chars().count() > 20 {
            ("controller.sms_name", "Give a `sms_name` of at most 20 characters.")
        } else {
            ("link_domain", "A shorter host leaves more.")
        };
        (left < ENOUGH).then(|| {
            let detail = format!(
                "Advertising begins with `{begin}` and ends with a free way out. That leaves {left} characters of your own in one part. {mend}"
            );
            Violation::new(field, "room", detail)
        })
    }
}
