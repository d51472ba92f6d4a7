//! The widgets that stand on no screen of the citizens: the pad of digits, rows of a list, facts.

use eframe::egui;
use egui::{Pos2, Rect, Ui};
use tablet_app::appearance::Appearance;
use tablet_app::theme::{self, MARGIN, Theme};
use tablet_app::widgets::{Fact, Kind, PAD, Pen, button, keypad, list_button};

/// Draws them on the whole of `ui`.
pub fn show(ui: &Ui, look: Appearance) {
    let pen = Pen::new(ui, Theme::new(look));
    let glass = ui.max_rect();
    ui.painter().rect_filled(glass, 0.0, pen.theme.palette.ground);
    let landscape = glass.width() > glass.height();
    let (left, right) = (glass.left() + MARGIN, glass.right() - MARGIN);
    let split = if landscape { right - PAD.x - MARGIN } else { right };

    let mut y = glass.top() + MARGIN;
    let rows = [("Vào ca", "Nguyễn Văn A · Quầy số 05"), ("Chuyển sang tiếng Việt", "")];
    for (words, about) in rows {
        y += list_button(&pen, left, split, y, words, about).0 + 12.0;
    }
    let facts = [("Máy chủ", "http://192.168.1.10:8080"), ("Chưa gửi", "0 lượt đánh giá")];
    for (name, value) in facts {
        y = Fact::new(&pen, split - left, name, value).place(&pen, left, y);
    }
    let area = Rect::from_min_size(Pos2::new(left, y + 12.0), egui::vec2(260.0, theme::TARGET));
    button(&pen, area, "Đóng", Kind::Plain);

    let centre = if landscape {
        Pos2::new(right - PAD.x / 2.0, glass.center().y)
    } else {
        Pos2::new(glass.center().x, glass.bottom() - MARGIN - PAD.y / 2.0)
    };
    keypad(&pen, centre, "Xóa", "OK");
}
