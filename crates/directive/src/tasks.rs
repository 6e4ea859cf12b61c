//! Obligations: one task for each action clause of the body, with its unit and section.
//!
//! An item inherits from the items above it who is meant, whether orders are given at all, and what its heading says.
//! Not for reading dates or evidence, which [`crate::judge`] does.

mod heading;
mod make;

use crate::Ctx;
use crate::clauses::{self, Clause};
use crate::grammar::{Assigns, Label, Role};
use crate::judge;
use crate::model::Task;
use crate::outline::{Item, Level};
use std::ops::Range;

/// What an item hands down to the items under it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// Units named by a heading; empty: everybody addressed.
    to: Vec<String>,
    /// The rule that found them.
    rule: Option<&'static str>,
    role: Option<Role>,
    /// Clauses without a unit are orders.
    orders: bool,
}

/// The tasks of the body, with what each heading said (for topics and channels).
pub(crate) fn read(ctx: &Ctx<'_>, items: &[Item], assigns: Assigns) -> (Vec<Task>, Vec<Option<Role>>) {
    let last_marked = items.iter().rposition(|item| item.level != Level::Plain);
    let mut below = vec![Vec::new(); items.len()];
    for (place, item) in items.iter().enumerate() {
        if let Some(parent) = item.parent {
            below[parent].push(place);
        }
    }
    let mut reader = Reader {
        below,
        ctx,
        items,
        assigns,
        root: Context { orders: false, ..Context::default() },
        told: true,
        contexts: Vec::with_capacity(items.len()),
        tasks: Vec::new(),
        owners: Vec::new(),
        cued: false,
        last_marked,
    };
    for place in 0..items.len() {
        reader.item(place);
    }
    let roles = reader.contexts.iter().map(|context| context.role).collect();
    (reader.tasks, roles)
}

struct Reader<'r, 'a> {
    ctx: &'r Ctx<'a>,
    items: &'r [Item],
    assigns: Assigns,
    root: Context,
    /// No lead said that what follows is only told.
    told: bool,
    contexts: Vec<Context>,
    tasks: Vec<Task>,
    /// The item that each task came from.
    owners: Vec<usize>,
    last_marked: Option<usize>,
    /// A paragraph without a number told somebody to do something.
    cued: bool,
    /// For each item those that stand right under it.
    below: Vec<Vec<usize>>,
}

/// What is known while a paragraph is read.
#[derive(Clone)]
struct Paragraph {
    place: usize,
    section: String,
    context: Context,
    /// The unit that a sentence of this paragraph named.
    to: Option<Vec<String>>,
    rule: Option<&'static str>,
    /// The first clause is a task whatever it looks like.
    forced: bool,
    /// Contents to be told.
    telling: bool,
    /// A list of things was opened: semicolons separate no actions.
    listing: bool,
    /// The last clause that became a task, in this paragraph.
    last: Option<usize>,
}

impl Reader<'_, '_> {
    fn item(&mut self, place: usize) {
        let item = &self.items[place];
        let closing = item.level == Level::Plain && self.is_closing(place);
        let parent = item.parent.filter(|_| !closing);
        let mut context = parent.map_or_else(|| self.root.clone(), |parent| self.contexts[parent].clone());
        let marked = item.level != Level::Plain;
        if marked && parent.is_none() {
            // Numbered items of an ordering letter are orders, though no lead announced them.
            context.orders |= self.assigns == Assigns::Yes && self.told;
        }
        if closing {
            context = Context { orders: self.assigns == Assigns::Yes && self.told, ..Context::default() };
        }
        let section = if closing { String::new() } else { item.section.clone() };
        let mut content = clauses::trim(self.ctx, item.content.clone());
        let ended = content.end < item.content.end;
        if content.is_empty() {
            self.contexts.push(context);
            return;
        }
        if self.is_ground(place, parent, &content) {
            context.role = Some(Role::Purpose);
            self.contexts.push(context);
            return;
        }
        if heading::is_slot(self.ctx, &content) || self.label(place, parent, &content) {
            // What stands under a label belongs to it.
            context.role = Some(Role::Purpose);
            self.contexts.push(context);
            return;
        }
        let children = self.has_children(place);
        if let Some((role, _)) = heading::role(self.ctx, &item.content, children || item.is_heading || !ended) {
            context.role = Some(role);
            // `Lý do: …, cụ thể như sau:` leads the items beside it.
            let leads = self.ctx.lexed.is_sign(item.content.end - 1, &[':']) && !marked;
            if let Some(parent) = parent.filter(|_| leads && role == Role::Purpose) {
                self.contexts[parent].role = Some(role);
            }
        } else if marked && (children || self.ctx.is_capital(&content)) && context.role == Some(Role::Purpose) && item.level <= Level::Roman
        {
            context.role = None;
        }
        // What stands in a list under a unit's name is that unit's, whatever verb it begins with.
        let listed = parent.is_some_and(|parent| {
            self.contexts[parent].rule == Some("unit.heading") || self.contexts[parent].rule == Some("unit.assigned_heading")
        });
        let mut forced = marked && listed && !children && !matches!(context.role, Some(Role::Topics | Role::Channels));
        let assigning = context.role == Some(Role::Assign) && marked;
        if let Some(found) = heading::unit(self.ctx, &item.content, children, context.to.is_empty(), assigning) {
            context.to = found.to;
            context.rule = Some(found.rule);
            context.orders = context.orders || marked && self.assigns != Assigns::No;
            forced = !found.leads && clauses::names_action(self.ctx, &found.rest) && !clauses::is_statement(self.ctx, &found.rest);
            content = found.rest;
        } else if children && !ended && !self.children_are_labels(place) || self.ctx.is_capital(&content) {
            // A heading that reads like an order is none.
            content = content.start..content.start;
        } else if self.children_are_labels(place) == self.children_are_events(place) && self.children_are_events(place) {
            content = content.start..content.start;
        }
        let skip = context.role == Some(Role::Purpose) || self.assigns == Assigns::No;
        self.contexts.push(context.clone());
        if skip || content.is_empty() {
            return;
        }
        let paragraph = Paragraph { place, section, context, to: None, rule: None, forced, telling: false, listing: false, last: None };
        self.paragraph(paragraph, item.content.end.max(content.end).min(content.end + (item.content.end - content.end)), content);
    }

    /// Reads the clauses of one paragraph.
    fn paragraph(&mut self, mut paragraph: Paragraph, end: usize, content: Range<usize>) {
        let clauses = clauses::split(self.ctx, &(content.start..end));
        paragraph.telling =
            matches!(paragraph.context.role, Some(Role::Topics)) && clauses.first().is_some_and(|clause| self.tells(&clause.range, true));
        for clause in &clauses {
            if clause.new_sentence {
                paragraph.listing = false;
            }
            if clause.leads {
                self.lead(&mut paragraph, clause);
                continue;
            }
            self.clause(&mut paragraph, clause);
            paragraph.listing |= judge::opens_list(self.ctx, &clause.range);
            paragraph.forced = false;
        }
    }

    /// A clause that ends in a colon announces what follows: who is meant, and whether it orders or tells.
    fn lead(&mut self, paragraph: &mut Paragraph, clause: &Clause) {
        let ctx = self.ctx;
        let item = self.items[paragraph.place].level != Level::Plain;
        let told = clauses::cue(ctx, &clause.range, !paragraph.context.to.is_empty(), item)
            .or_else(|| clauses::subject(ctx, &clause.range).filter(|_| item));
        let orders = told.is_some() || heading::lead(ctx, &clause.range).0;
        let to = told.map(|told| (make::units(ctx, &told.unit), told.rule)).filter(|(to, _)| to.iter().any(|unit| unit != "*"));
        // A paragraph without a number leads the items beside it.
        let item = &self.items[paragraph.place];
        let plain = item.level == Level::Plain;
        let context = match item.parent {
            Some(parent) if plain => &mut self.contexts[parent],
            None if plain => &mut self.root,
            _ => &mut self.contexts[paragraph.place],
        };
        if plain && item.parent.is_none() {
            context.orders = orders && self.assigns == Assigns::Yes || to.is_some() && self.assigns != Assigns::No;
            self.told = orders;
        }
        if !orders {
            context.role = Some(Role::Purpose);
        }
        let several = ctx.to.len() > 1;
        let chosen =
            |to: &[String]| several && to.iter().all(|unit| ctx.to.iter().any(|known| known.to_lowercase() == unit.to_lowercase()));
        if let Some((to, rule)) = to.filter(|(to, _)| !plain || make::is_specific(to) || chosen(to) && to.len() < ctx.to.len()) {
            context.to = to;
            context.rule = Some(rule);
            context.orders = true;
        }
    }

    fn clause(&mut self, paragraph: &mut Paragraph, clause: &Clause) {
        let ctx = self.ctx;
        let range = &clause.range;
        if self.inline_label(paragraph, range) {
            return;
        }
        if let Some(last) = paragraph.last.filter(|_| self.is_rider(range)) {
            make::ride(ctx, &mut self.tasks[last], range);
            return;
        }
        let within_sentence = !clause.new_sentence && paragraph.last.is_some();
        if within_sentence && paragraph.listing {
            self.join(paragraph, range);
            return;
        }
        let own_item = !paragraph.context.to.is_empty();
        let plain = self.items[paragraph.place].level == Level::Plain;
        let in_items = !plain || self.items[paragraph.place].parent.is_some() || paragraph.context.orders;
        if clause.new_sentence && own_item && self.closes(paragraph, range) {
            let mut closing = Paragraph { section: String::new(), context: Context::default(), to: None, rule: None, ..paragraph.clone() };
            let action = clauses::cue(ctx, range, false, false).map_or(range.clone(), |told| told.action);
            self.push(&mut closing, &action, Vec::new(), "unit.everybody");
            return;
        }
        if clause.new_sentence && plain && judge::is_difficulty(ctx, range) {
            // `… đề nghị phản ánh kịp thời về …` is for all, whoever the sentence before told.
            paragraph.to = None;
        }
        let told = self.told(paragraph, clause, own_item, in_items);
        if let Some(told) = told.filter(|_| !self.tells_here(paragraph, range)) {
            let mut to = make::units(ctx, &told.unit);
            // `Mỗi đơn vị đăng ký …` under the name of a unit: that unit.
            if to == ["*"] && own_item && !plain {
                to.clone_from(&paragraph.context.to);
            }
            // Whoever meets a difficulty is to say so: `nếu có khó khăn, đề nghị các đơn vị phản ánh …` speaks to all.
            let difficulty = plain && judge::is_difficulty(ctx, range) && !make::is_specific(&to);
            if difficulty {
                to = vec!["*".to_owned()];
            }
            let action = if difficulty { range } else { &told.action };
            paragraph.to = Some(to.clone());
            paragraph.rule = Some(told.rule);
            self.cued |= plain && told.rule.starts_with("cue.") && self.assigns == Assigns::Yes;
            self.push(paragraph, action, to, told.rule);
            return;
        }
        // `Hạn chế: 02 đơn vị chưa báo cáo.`
        if clause.new_sentence && heading::role(ctx, range, false).is_some_and(|(role, _)| role == Role::Purpose) {
            paragraph.last = None;
            return;
        }
        let may = paragraph.context.orders || own_item || paragraph.to.is_some();
        let action = clauses::is_action(ctx, range);
        let accepted = paragraph.forced || may && action && !self.tells_here(paragraph, range);
        if accepted {
            let to = paragraph.to.clone().unwrap_or_else(|| paragraph.context.to.clone());
            let rule = paragraph.rule.or(paragraph.context.rule).unwrap_or("unit.everybody");
            self.push(paragraph, range, to, rule);
        } else if within_sentence && !action {
            self.join(paragraph, range);
        } else {
            paragraph.last = None;
        }
    }

    /// Whom a clause itself tells to do something.
    fn told(&self, paragraph: &Paragraph, clause: &Clause, own_item: bool, in_items: bool) -> Option<clauses::Told> {
        let ctx = self.ctx;
        let plain = self.items[paragraph.place].level == Level::Plain;
        let told = clauses::cue(ctx, &clause.range, own_item, in_items).or_else(|| {
            let subject = clauses::subject(ctx, &clause.range)?;
            ((in_items || self.cued) && !(plain && ctx.is_writer(&subject.unit))).then_some(subject)
        })?;
        // `- Lãnh đạo Ủy ban nhân dân xã thành lập …` under the name of a unit is what that unit does.
        let begins = |table: &crate::pattern::Patterns| table.at(ctx.lexed, told.unit.start, told.unit.end).is_some();
        let led = paragraph.forced && own_item && begins(&ctx.grammar.units.before) && begins(&ctx.grammar.actions.verbs);
        // `Đảng ủy xã …; phân công đồng chí Phó Bí thư theo dõi`: what the unit does that was named before.
        let appointed = told.rule == "cue.appoint" && !clause.new_sentence && paragraph.to.is_some();
        (!led && !appointed).then_some(told)
    }

    fn push(&mut self, paragraph: &mut Paragraph, range: &Range<usize>, to: Vec<String>, rule: &'static str) {
        let range = clauses::trim(self.ctx, range.clone());
        if range.len() < 2 {
            return;
        }
        let closing = paragraph.section.is_empty() && self.last_marked.is_some();
        let mut task = make::task(self.ctx, &range, paragraph.section.clone(), to, rule, paragraph.forced, closing);
        make::bracketed_labels(self.ctx, &mut task, &range);
        paragraph.last = Some(self.tasks.len());
        self.tasks.push(task);
        self.owners.push(paragraph.place);
    }

    /// A piece after a semicolon that is no action of its own goes on with the one before.
    fn join(&mut self, paragraph: &Paragraph, range: &Range<usize>) {
        if let Some(last) = paragraph.last {
            make::extend(self.ctx, &mut self.tasks[last], range);
        }
    }

    /// `hoàn thành trước ngày …`, `trình … trước ngày …`.
    fn is_rider(&self, range: &Range<usize>) -> bool {
        let actions = &self.ctx.grammar.actions;
        let first = clauses::skip_connectives(self.ctx, range);
        let begins = |patterns: &crate::pattern::Patterns| patterns.at(self.ctx.lexed, first, range.end).is_some();
        if begins(&actions.riders_not) {
            return false;
        }
        // `hoàn thành phê duyệt hồ sơ …` is an action, `hoàn thành trước ngày …` none.
        let end = first + actions.completes.length_at(self.ctx.lexed, first, range.end).unwrap_or(0);
        if end > first && actions.verbs.length_at(self.ctx.lexed, end, range.end).is_some_and(|length| length > 1) {
            return false;
        }
        begins(&actions.riders) && range.len() <= 30
            || begins(&actions.riders_with_date) && range.len() <= 25 && judge::due(self.ctx, range, None).is_some()
    }

    /// A sentence to everybody that a missing line break left at the end of the last unit's item.
    fn closes(&self, paragraph: &Paragraph, range: &Range<usize>) -> bool {
        let last = self.last_marked.is_some_and(|last| paragraph.place >= last) && paragraph.last.is_some();
        let everybody = || clauses::cue(self.ctx, range, false, false).is_some_and(|told| make::units(self.ctx, &told.unit) == ["*"]);
        last && (judge::is_difficulty(self.ctx, range) || everybody())
    }

    fn tells_here(&self, paragraph: &Paragraph, range: &Range<usize>) -> bool {
        match paragraph.context.role {
            Some(Role::Topics) => {
                let orders = self.orders_inside(range);
                if paragraph.telling { !orders } else { self.tells(range, false) && !orders }
            }
            Some(Role::Channels) => {
                self.tells(range, true) || self.ctx.grammar.outline.told_by.at(self.ctx.lexed, range.start, range.end).is_some()
            }
            _ => false,
        }
    }

    /// A ground of the letter (`- Căn cứ Quy định số …;`) before anything is ordered.
    fn is_ground(&self, place: usize, parent: Option<usize>, content: &Range<usize>) -> bool {
        let item = &self.items[place];
        let early = parent.is_none() && item.level >= Level::Dash && self.owners.is_empty();
        early
            && self.ctx.grammar.head.grounds.at(self.ctx.lexed, content.start, content.end).is_some()
            && self.ctx.lexed.is_sign(item.content.end - 1, &[';', ','])
    }

    /// Whether a clause only says what is to be told; without a verb at its start as well, when `nominal`.
    fn tells(&self, range: &Range<usize>, nominal: bool) -> bool {
        let ctx = self.ctx;
        let first = clauses::skip_connectives(ctx, range);
        let telling = ctx.grammar.actions.telling.at(ctx.lexed, first, range.end).is_some();
        telling || nominal && !clauses::is_action(ctx, range) && clauses::subject(ctx, range).is_none()
    }

    fn orders_inside(&self, range: &Range<usize>) -> bool {
        let actions = &self.ctx.grammar.actions;
        let mut at = clauses::skip_connectives(self.ctx, range);
        loop {
            if actions.orders_inside.at(self.ctx.lexed, at, range.end).is_some() {
                return true;
            }
            match actions.adverbs.length_at(self.ctx.lexed, at, range.end) {
                Some(length) => at += length,
                None => return false,
            }
        }
    }

    /// An unnumbered paragraph after the last number that speaks to all.
    fn is_closing(&self, place: usize) -> bool {
        let item = &self.items[place];
        let after_all = self.last_marked.is_none_or(|last| place > last);
        let speaks = self.ctx.grammar.outline.closing.at(self.ctx.lexed, item.content.start, item.content.end).is_some();
        let named = clauses::unit_not_verb(self.ctx, item.content.start, item.content.end).is_some();
        after_all && self.last_marked.is_some() && (speaks || named) && !self.follows_bare_unit(place)
    }

    /// Whether the paragraph is all that stands under the last number, which only names a unit.
    fn follows_bare_unit(&self, place: usize) -> bool {
        let Some(last) = self.last_marked.filter(|last| last + 1 == place) else { return false };
        let content = clauses::trim(self.ctx, self.items[last].content.clone());
        let named = self.ctx.lexed.tokens.get(content.start).is_some_and(crate::lex::Token::is_name);
        let open = content.end == self.items[last].content.end || self.ctx.lexed.is_sign(content.end, &[':']);
        let unit = crate::units::heading_at(self.ctx, content.start, content.end);
        named && open && content.len() <= heading::MOST_TITLE && unit.is_some_and(|end| clauses::verb(self.ctx, end, content.end).is_none())
    }

    fn children(&self, place: usize) -> impl Iterator<Item = &Item> {
        self.below[place].iter().map(|&child| &self.items[child])
    }

    fn has_children(&self, place: usize) -> bool {
        self.items[place].level != Level::Plain && self.children(place).next().is_some()
    }

    fn children_are_labels(&self, place: usize) -> bool {
        self.has_children(place) && self.children(place).all(|item| heading::label(self.ctx, &item.content).is_some())
    }

    fn children_are_events(&self, place: usize) -> bool {
        self.children(place).any(|item| heading::label(self.ctx, &item.content).is_some_and(|(label, _)| label == Label::Event))
    }

    /// A line such as `Đơn vị chủ trì: …` completes the tasks of its item.
    fn label(&mut self, place: usize, parent: Option<usize>, content: &Range<usize>) -> bool {
        let Some((label, value)) = heading::label(self.ctx, content) else { return false };
        let family = |owner: usize| Some(owner) == parent || self.items[owner].parent == parent && parent.is_some() || owner + 1 == place;
        let concerned: Vec<usize> = (0..self.tasks.len()).filter(|&task| family(self.owners[task])).collect();
        for task in concerned {
            make::complete(self.ctx, &mut self.tasks[task], label, &value);
        }
        true
    }

    /// The same inside a paragraph.
    fn inline_label(&mut self, paragraph: &Paragraph, range: &Range<usize>) -> bool {
        let Some((label, value)) = heading::label(self.ctx, range) else { return false };
        let Some(last) = paragraph.last else { return label == Label::Event };
        make::complete(self.ctx, &mut self.tasks[last], label, &value);
        label != Label::Event || !value.is_empty()
    }
}

/// The task of a row of a table.
pub(crate) fn row_task(ctx: &Ctx<'_>, text: &Range<usize>, section: String, to: Vec<String>) -> Task {
    make::task(ctx, text, section, to, "annex.row", false, false)
}

pub(crate) use make::when;

#[cfg(test)]
pub(crate) fn lead_rule(ctx: &Ctx<'_>, range: &Range<usize>) -> &'static str {
    heading::lead(ctx, range).1
}

#[cfg(test)]
pub(crate) fn role_rule(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<&'static str> {
    heading::role(ctx, range, true).map(|(_, rule)| rule)
}

#[cfg(test)]
pub(crate) fn label_rule(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<&'static str> {
    heading::named_label(ctx, range).map(|(.., rule)| rule)
}
