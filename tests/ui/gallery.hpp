// Four screens that together hold every widget; drawn by the audits and saved as pictures for people to look
// at.
#pragma once

#include "app/ui/ui.hpp"

#include <vector>

namespace kiosk::ui {

inline void galleryFrame(Ui& ui) {
    ui.beginHeader();
    ui.text("header.office", "UBND phường Mẫu · Bộ phận Một cửa", true);
    ui.button("header.help", "Trợ giúp", {.tone = Tone::Quiet, .icon = Icon::Help});
    ui.button("header.size", "Cỡ chữ", {.tone = Tone::Quiet, .icon = Icon::TextSize});
    ui.button("header.language", "English", {.tone = Tone::Quiet, .icon = Icon::Language});
    ui.endHeader();
}

inline void galleryFooter(Ui& ui, std::string_view next = "Tiếp tục") {
    ui.beginFooter();
    ui.button("footer.end", "Kết thúc và xóa", {.tone = Tone::Danger, .icon = Icon::Erase});
    ui.button("footer.back", "Quay lại", {.icon = Icon::Back});
    ui.button("footer.next", next, {.tone = Tone::Primary, .icon = Icon::Next});
    ui.endFooter();
}

inline void galleryWelcome(Ui& ui) {
    galleryFrame(ui);
    ui.beginBody("welcome");
    ui.title("welcome.title", "Kính chào quý khách");
    ui.text("welcome.lead", "Quý khách có thể chuẩn bị và gửi hồ sơ tại đây bằng thẻ căn cước của mình.");
    ui.button("welcome.start", "Bắt đầu",
              {.tone = Tone::Primary, .icon = Icon::Card, .detail = "Cần thẻ căn cước", .heightMm = 30});
    ui.beginColumns(2);
    ui.tile("welcome.birth", Icon::Birth, "Đăng ký khai sinh", "Khoảng 5 phút");
    ui.tile("welcome.marriage", Icon::Marriage, "Giấy xác nhận tình trạng hôn nhân", "Khoảng 4 phút");
    ui.tile("welcome.house", Icon::House, "Đăng ký thường trú", "Khoảng 6 phút");
    ui.tile("welcome.shop", Icon::Shop, "Đăng ký hộ kinh doanh", "Khoảng 8 phút");
    ui.endColumns();
    ui.beginPanel(Ui::PanelKind::Info);
    ui.heading("welcome.before", "Trước khi bắt đầu");
    ui.iconText("welcome.read", Icon::Camera, "Máy đọc mã QR trên thẻ, không giữ lại hình ảnh.");
    ui.iconText("welcome.erase", Icon::Erase, "Mọi thông tin được xóa khỏi màn hình ngay khi kết thúc.",
                true);
    ui.endPanel();
    ui.endBody();
    galleryFooter(ui);
}

inline void galleryCheck(Ui& ui) {
    galleryFrame(ui);
    ui.beginBody("check");
    ui.title("check.title", "Kiểm tra thông tin trước khi gửi");
    ui.beginPanel(Ui::PanelKind::Plain);
    ui.fact("check.name", "Họ, chữ đệm, tên", "Nguyễn Văn Mẫu", "Đọc từ thẻ");
    ui.fact("check.birth", "Ngày sinh", "01/02/1999", "Đọc từ thẻ", "Sửa");
    ui.fact("check.place", "Nơi cư trú", "Số 1 đường Mẫu, tổ dân phố 12, phường Mẫu, Thành phố Hồ Chí Minh",
            {}, "Sửa");
    ui.endPanel();
    ui.beginPanel(Ui::PanelKind::Warning);
    ui.iconText("check.warning", Icon::Warning,
                "Chưa có mạng. Hồ sơ được giữ tại máy và tự gửi khi có mạng.");
    ui.endPanel();
    ui.beginPanel(Ui::PanelKind::Success);
    ui.iconText("check.success", Icon::Check, "Đã nhận đủ giấy tờ.");
    ui.endPanel();
    ui.choice("check.self", "Tôi nộp cho chính mình", true);
    ui.choice("check.other", "Tôi nộp thay người khác", false, "Cần giấy ủy quyền");
    ui.tick("check.agree", "Tôi đồng ý cho cơ quan xử lý các thông tin này để giải quyết hồ sơ", true);
    ui.progress("check.progress", "Đang gửi hồ sơ", 0.4);
    ui.endBody();
    galleryFooter(ui, "Gửi hồ sơ");
}

inline void galleryTyping(Ui& ui, KeyboardKind kind, bool& shift) {
    galleryFrame(ui);
    ui.beginBody("typing");
    ui.title("typing.title", "Cách liên hệ với quý khách");
    ui.field("field.phone", {.label = "Số điện thoại",
                             .value = "090123",
                             .problem = "Cần đủ 10 chữ số, ví dụ 0901234567",
                             .required = true});
    ui.field("field.note", {.label = "Nội dung đề nghị",
                            .value = "Xin cấp giấy",
                            .note = "Từ lần trước của quý khách",
                            .active = true,
                            .multiline = true});
    ui.field("field.mail", {.label = "Thư điện tử", .hint = "ten@vidu.vn"});
    ui.endBody();
    ui.keyboard(kind, TypingMethod::Telex, shift);
    galleryFooter(ui);
}

inline void galleryPictures(Ui& ui, const Bitmap& camera, bool overlay) {
    galleryFrame(ui);
    ui.beginBody("pictures");
    ui.title("pictures.title", "Đưa thẻ vào khung");
    ui.cardPreview("pictures.preview", "Hình từ máy ảnh", camera, 110, false);
    ui.beginColumns(2);
    ui.cardDrawing("pictures.old", "Thẻ cũ: mã QR ở mặt trước", 0, 44);
    ui.cardDrawing("pictures.new", "Thẻ mới: mã QR ở mặt sau", 1, 44);
    for (const auto gesture : {Gesture::Closer, Gesture::Farther, Gesture::HoldStill, Gesture::Tilt,
                               Gesture::Brighter, Gesture::Darker, Gesture::Whole, Gesture::Turn})
        ui.gesture("pictures.gesture", "Cách cầm thẻ", gesture, 30);
    ui.endColumns();
    std::vector<bool> modules;
    for (int i = 0; i < 29 * 29; ++i) modules.push_back((i * 7919 / 13 + i % 29 * (i / 29)) % 3 == 0);
    ui.qr("pictures.qr", "Mã tra cứu", modules, 29, 50);
    ui.progress("pictures.progress", "Đang đọc thẻ", -1);
    ui.endBody();
    galleryFooter(ui);
    if (!overlay) return;
    ui.beginOverlay("idle");
    ui.title("idle.title", "Quý khách còn ở đó không?");
    ui.text("idle.text", "Sau 30 giây, mọi thông tin trên màn hình được xóa.");
    ui.button("idle.stay", "Tiếp tục", {.tone = Tone::Primary, .icon = Icon::Check});
    ui.button("idle.end", "Kết thúc và xóa", {.tone = Tone::Danger, .icon = Icon::Erase});
    ui.endOverlay();
}

} // namespace kiosk::ui
